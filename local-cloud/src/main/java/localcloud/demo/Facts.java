package localcloud.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the demo measured, for {@code bench/}: properties, seconds and MiB, in order of time. Names
 * that begin with {@code phase.} are the phases of the demo, one after another.
 */
final class Facts {

  private static final String PHASE = "phase.";

  private final List<String> lines = new ArrayList<>();

  void phase(String name, Duration took) {
    seconds(PHASE + name.replace(' ', '_'), took);
  }

  void seconds(String name, Duration took) {
    lines.add(String.format(Locale.ROOT, "%s=%.3f", name, took.toNanos() / 1e9));
  }

  void mib(String name, long mib) {
    lines.add(name + "=" + mib);
  }

  void write(Path file) throws IOException {
    Files.write(file, lines);
  }
}
