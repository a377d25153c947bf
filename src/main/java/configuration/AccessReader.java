package configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import security.Access;
import security.AccessSettings;
import security.ClientCertificates;
import security.UsersFile;

/** Reads who may enter. A service that strangers could reach must be told. */
final class AccessReader {

  private static final String OPEN = "open";
  private static final String ACCESS = "access";
  private static final String USERS_FILE = "users-file";
  private static final String CERTIFICATES = "client-certificates";
  private static final String OPENID = "quarkus.oidc.tenant-enabled";

  /** Of TLS as Quarkus has it, by default or under a name, and of its older way. */
  private static final Pattern TRUST_STORE =
      Pattern.compile(
          "quarkus\\.(tls\\.(.+\\.)?trust[-.]store|http\\.ssl\\.certificate\\.trust[-.]store[-.]file)s?(\\..+)?");

  private static final Pattern TRUSTS_ALL = Pattern.compile("quarkus\\.tls\\.(.+\\.)?trust[-.]all");

  private final Config config;
  private final Properties service;
  private final List<String> problems;

  /**
   * @param service the properties below {@code service.}
   * @param problems where each problem is added
   */
  AccessReader(Config config, Properties service, List<String> problems) {
    this.config = config;
    this.service = service;
    this.problems = problems;
  }

  AccessSettings read() {
    boolean open = service.oneOf(ACCESS, List.of(OPEN)).isPresent();
    boolean openid = config.getOptionalValue(OPENID, Boolean.class).orElse(false);
    Optional<Path> usersFile = service.parsed(USERS_FILE, AccessReader::usersFile);
    boolean users = service.isSet(USERS_FILE);
    ClientCertificates certificates = service.oneOf(CERTIFICATES, ClientCertificates.NONE);
    service.refuse(
        open && (users || openid),
        ACCESS,
        "is open, so that everyone may enter, and %s says who may; leave one of them out"
            .formatted(users ? "service." + USERS_FILE : OPENID));
    service.refuse(
        users && openid,
        USERS_FILE,
        "says who may enter, and %s does so too; leave one of them out".formatted(OPENID));
    boolean certified = certificates != ClientCertificates.NONE;
    service.refuse(
        certified && !users,
        CERTIFICATES,
        "needs service.%s, whose lines `<name> <role> certificate:<subject>` say whose certificate is whose"
            .formatted(USERS_FILE));
    service.refuse(
        certified && !isSet(TRUST_STORE),
        CERTIFICATES,
        "needs TLS and the authority whose certificates count; set quarkus.tls.key-store.pem.0.cert and .key, and quarkus.tls.trust-store.pem.certs");
    service.refuse(
        certified && isSet(TRUSTS_ALL),
        CERTIFICATES,
        "proves nothing while quarkus.tls.trust-all is set, since anyone can make a certificate of any name; leave that out");
    if (!open && !openid && !users) {
      refuseStrangers();
    }
    return new AccessSettings(access(open, openid, users), usersFile, certificates);
  }

  private static Access access(boolean open, boolean openid, boolean users) {
    if (users) {
      return Access.USERS;
    }
    if (openid) {
      return Access.OPENID;
    }
    return open ? Access.OPEN : Access.LOOPBACK;
  }

  private void refuseStrangers() {
    String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("127.0.0.1");
    if (!isLoopback(host)) {
      problems.add(
          """
          quarkus.http.host is '%s', so that others than this machine may reach the service, and nothing says who may enter; do one of these (docs/security.md):
              service.users-file=<a file with a name, a role and a secret in each line>
              quarkus.oidc.tenant-enabled=true, with your OpenID provider
              quarkus.http.host=127.0.0.1, for this machine only
              service.access=open, if everyone who reaches the port may cancel every run"""
              .formatted(host));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // What nobody can reach, Quarkus cannot bind; it says so itself.
      return false;
    }
  }

  /** Whether one of the names is set, to something else than false. */
  private boolean isSet(Pattern names) {
    return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .filter(name -> names.matcher(name.toLowerCase(Locale.ROOT).replace('_', '.')).matches())
        .anyMatch(
            name ->
                config
                    .getOptionalValue(name, String.class)
                    .filter(value -> !value.equals("false"))
                    .isPresent());
  }

  private static Path usersFile(String written) {
    Path file = Path.of(written).toAbsolutePath();
    List<String> mistakes = new ArrayList<>();
    UsersFile.read(file, mistakes);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(
          "is '%s', and this file %s".formatted(written, String.join("; ", mistakes)));
    }
    return file;
  }
}
