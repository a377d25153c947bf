package testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service that speaks TLS and asks for client certificates; Anna's operates, Ben's views, and
 * Mallory's is from an authority that the service trusts and nobody's in its users file.
 */
public class CertifiedClients implements QuarkusTestResourceLifecycleManager {

  private static final Path FOLDER = Path.of("target/certified-clients").toAbsolutePath();

  /** Opens every key store here. */
  public static final String PASSWORD = "changeit";

  @Override
  public Map<String, String> start() {
    try {
      Files.createDirectories(FOLDER);
      make("service", "CN=localhost", "-ext", "SAN=DNS:localhost,IP:127.0.0.1");
      make("anna", "CN=Anna, O=Example");
      make("ben", "CN=Ben, O=Example");
      make("mallory", "CN=Mallory, O=Example");
      make("forger", "CN=Anna, O=Example");
      Files.deleteIfExists(store("trusted"));
      for (String name : List.of("anna", "ben", "mallory")) {
        trust(name);
      }
      Files.writeString(
          FOLDER.resolve("users"),
          """
          anna operator certificate:CN=Anna,O=Example
          ben viewer certificate:CN=Ben, O=Example
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("service.users-file", FOLDER.resolve("users").toString());
    settings.put("service.client-certificates", "request");
    settings.put("quarkus.tls.key-store.p12.path", store("service").toString());
    settings.put("quarkus.tls.key-store.p12.password", PASSWORD);
    settings.put("quarkus.tls.trust-store.p12.path", store("trusted").toString());
    settings.put("quarkus.tls.trust-store.p12.password", PASSWORD);
    return settings;
  }

  /** The key store of that name. */
  public static Path store(String name) {
    return FOLDER.resolve(name + ".p12");
  }

  private static void make(String name, String subject, String... more) throws IOException {
    Files.deleteIfExists(store(name));
    List<String> options = new ArrayList<>(List.of("-genkeypair", "-alias", name));
    options.addAll(List.of("-keyalg", "EC", "-dname", subject, "-validity", "30"));
    options.addAll(List.of(more));
    keytool(store(name), options);
    keytool(store(name), List.of("-exportcert", "-alias", name, "-file", certificate(name)));
  }

  private static void trust(String name) throws IOException {
    keytool(
        store("trusted"),
        List.of("-importcert", "-noprompt", "-alias", name, "-file", certificate(name)));
  }

  private static String certificate(String name) {
    return FOLDER.resolve(name + ".crt").toString();
  }

  private static void keytool(Path store, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-storetype", "PKCS12"));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {}
}
