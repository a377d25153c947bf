package bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark prints, and with {@code --keep} writes to {@code bench/results/} as well. */
final class Report {

  private static final Path RESULTS = Path.of("bench", "results");

  private final String name;
  private final Options options;
  private final Instant started = Instant.now();
  private final List<String> lines = new ArrayList<>();

  Report(String name, Options options) {
    this.name = name;
    this.options = options;
    line("date     " + started.truncatedTo(ChronoUnit.SECONDS));
    line("command  " + String.join(" ", command(name, options)));
    line("commit   " + commit());
    line("machine  " + machine());
    line("java     " + System.getProperty("java.vm.name") + " " + Runtime.version());
    line("");
  }

  void line(String text) {
    System.out.println(text);
    lines.add(text);
  }

  /** Reports progress on standard error; this is no part of the report. */
  static void progress(String format, Object... values) {
    System.err.println("bench: " + String.format(Locale.ROOT, format, values));
  }

  /** Prints rows in columns: the first and the last one to the left, numbers to the right. */
  void table(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    line("");
    for (String[] row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(widths[i] - row[i].length());
        boolean isLeft = i == 0 || i == row.length - 1;
        text.append(isLeft ? row[i] + space : space + row[i]).append("  ");
      }
      line(text.toString().stripTrailing());
    }
    line("");
  }

  /** The last line, after which nothing may be printed. */
  void end(String keysAndValues) throws IOException {
    String last = name + ": " + keysAndValues;
    lines.add(last);
    if (options.has(Options.KEEP)) {
      String minute =
          DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").withZone(ZoneOffset.UTC).format(started);
      Path file = RESULTS.resolve(name + "-" + minute + ".txt");
      Files.write(file, lines);
      System.out.println("kept in " + file);
    }
    System.out.println(last);
  }

  private static List<String> command(String name, Options options) {
    List<String> command = new ArrayList<>(List.of("./bench/run.sh", name));
    command.addAll(options.words());
    return command;
  }

  private static String machine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "%d cores, %d GiB of memory, %s %s; load average before: %s"
        .formatted(
            system.getAvailableProcessors(),
            Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
            system.getName(),
            system.getArch(),
            Samples.text("%.1f", system.getSystemLoadAverage()));
  }

  /** The commit that was measured, if this is a clone. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return commit.isEmpty() ? "unknown" : commit;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
