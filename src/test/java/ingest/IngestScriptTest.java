package ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import contract.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a cluster runs it, with a CLI that keeps objects as files. */
class IngestScriptTest {

  private static final String CLI =
      """
      #!/bin/bash
      set -eu
      case "$1 $2" in
        's3 cp') mkdir -p "$(dirname "$STORE/${4#s3://}")"; cat >"$STORE/${4#s3://}" ;;
        's3 rm') rm -f "$STORE/${3#s3://}" ;;
        's3api head-object') printf '%s\\t"%s"\\n' "$(wc -c <"$STORE/$4/$6" | tr -d ' ')" e71a ;;
        *) exit 1 ;;
      esac
      """;

  private static final byte[] FLOWERS =
      "5.1,3.5,1.4,0.2,Iris-setosa\n".repeat(100).getBytes(StandardCharsets.UTF_8);

  private record Ended(int status, String said) {}

  @TempDir Path folder;
  private HttpServer source;
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void serve() throws IOException {
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/iris.data", 200, FLOWERS.length, FLOWERS);
    source.start();
    Path cli =
        Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("aws"), CLI);
    assertThat(cli.toFile().setExecutable(true)).isTrue();
    Files.write(folder.resolve("ingest.sh"), new IngestScript().in("curated").bytes());
  }

  @AfterEach
  void stop() {
    source.stop(0);
  }

  @Test
  void what_the_url_has_is_put_and_the_manifest_names_it() throws Exception {
    Ended ended = ingest("/iris.data?a=$(touch%20" + folder + "/hacked)&b=;'*'", 1_000_000);

    assertThat(ended).isEqualTo(new Ended(0, ended.said()));
    assertThat(target()).hasBinaryContent(FLOWERS);
    assertThat(Manifest.read("the manifest", Files.readString(manifest())))
        .isEqualTo(
            new Manifest(
                1,
                "iris",
                "r-1",
                List.of(
                    new Manifest.Entry(
                        "s3://landing/iris/_ingested/iris.data", "e71a", FLOWERS.length))));
    assertThat(folder.resolve("hacked")).doesNotExist();
  }

  @Test
  void a_download_that_breaks_off_is_tried_again_and_never_taken_for_whole() throws Exception {
    answer("/broken", 200, FLOWERS.length + 10, FLOWERS);

    Ended ended = ingest("/broken", 1_000_000);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.said()).contains("try 5 of 5 failed", "FAILED", "could not be fetched");
    assertThat(calls).hasValue(5);
    assertThat(target()).doesNotExist();
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void an_error_of_the_source_fails() throws Exception {
    answer("/gone", 404, 4, "gone".getBytes(StandardCharsets.UTF_8));

    assertThat(ingest("/gone", 1_000_000).said()).contains("404", "could not be fetched");
    assertThat(target()).doesNotExist();
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void a_source_that_is_too_large_is_not_tried_again_whether_it_says_so_or_not() throws Exception {
    answer("/endless", 200, 0, FLOWERS);

    for (String path : List.of("/iris.data", "/endless")) {
      calls.set(0);
      assertThat(ingest(path, FLOWERS.length - 1).said()).contains("has more than 2799 bytes");
      assertThat(calls).hasValue(1);
      assertThat(target()).doesNotExist();
      assertThat(manifest()).doesNotExist();
    }
    assertThat(ingest("/endless", FLOWERS.length).status()).isZero();
  }

  @Test
  void a_source_that_never_ends_meets_the_deadline() throws Exception {
    source.createContext("/hangs", exchange -> exchange.sendResponseHeaders(200, 5));

    Ended ended = ingest("/hangs", 1_000_000, 1);

    assertThat(ended.status()).isEqualTo(124);
    assertThat(ended.said()).contains("it was not done in 1 seconds");
    assertThat(manifest()).doesNotExist();
  }

  /** A length of 0 leaves the length unsaid. */
  private void answer(String path, int status, long length, byte[] body) {
    source.createContext(
        path,
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private Ended ingest(String path, long maxBytes) throws Exception {
    return ingest(path, maxBytes, 60);
  }

  private Ended ingest(String path, long maxBytes, int deadline) throws Exception {
    List<String> words = new ArrayList<>(List.of("bash", "ingest.sh"));
    words.add("http://127.0.0.1:%d%s".formatted(source.getAddress().getPort(), path));
    words.addAll(List.of("s3://landing/iris/_ingested/iris.data", "s3://curated/manifest.json"));
    words.addAll(List.of("iris", "r-1", Long.toString(maxBytes), Integer.toString(deadline)));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", folder + "/bin", (old, ours) -> ours + ":" + old);
    builder.environment().put("STORE", folder.resolve("store").toString());
    builder.environment().put("INGEST_PAUSE", "0");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private Path target() {
    return folder.resolve("store/landing/iris/_ingested/iris.data");
  }

  private Path manifest() {
    return folder.resolve("store/curated/manifest.json");
  }
}
