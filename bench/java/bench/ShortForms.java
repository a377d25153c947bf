package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs each benchmark's short form and judges its last line: the keys must be those that
 * bench/README.md lists, and each number must be one that a working benchmark can give. The limits are wide, because no build may depend on a machine's speed: they only find a broken benchmark.
 */
final class ShortForms {

  /** No duration, in seconds, and no ratio can be below zero or take longer than this run may. */
  private static final Range SECONDS = new Range(0, 600);

  private static final Range MILLIS = new Range(0, 600_000);
  private static final Range RATIO = new Range(0.2, 5);
  private static final Range MEMORY_MIB = new Range(50, 2_000);
  private static final Range ANY_COUNT = new Range(1, 1e9);
  private static final Range NONE = new Range(0, 0);

  private static final List<Form> FORMS =
      List.of(
          Form.of("intake")
              .with("objects", ANY_COUNT)
              .with("per-second", ANY_COUNT)
              .with("events-per-second", ANY_COUNT),
          Form.of("warehouse")
              .with("statements-per-run", new Range(1, 100))
              .with("load-1-file-ms", MILLIS)
              .with("load-200-files-ms", MILLIS)
              .with("connect-ms", MILLIS),
          Form.of("quota")
              .with("runs", ANY_COUNT)
              .with("throttle-failures", NONE)
              .with("freshness-p99-s", new Range(0.1, 60))
              .with("calls-per-run-hour", new Range(1, 10_000))
              .with("one-poll-per-run", ANY_COUNT)
              .with("cancelled-closed-s", new Range(0, 15)),
          Form.of("cpu")
              .with("runs", ANY_COUNT)
              .with("percent-of-a-core", new Range(0, 200))
              .with("rss-mb", MEMORY_MIB),
          Form.of("main-job")
              .with("demo-s", SECONDS)
              .with("landed-to-launch-s", SECONDS)
              .with("end-to-answer-s", SECONDS)
              .with("ready-s", SECONDS)
              .with("rss-mb", MEMORY_MIB)
              .with("events-p50-s", SECONDS)
              .with("events-p99-s", SECONDS)
              .with("listing-p50-s", SECONDS)
              .with("listing-p99-s", SECONDS)
              .with("answers-p50-s", SECONDS)
              .with("answers-p99-s", SECONDS),
          Form.of("page")
              .with("overview-p95-ms", MILLIS)
              .with("run-p95-ms", MILLIS)
              .with("list-p95-ms", MILLIS)
              .with("first-view-kb", ANY_COUNT)
              .with("watchers", ANY_COUNT)
              .with("rss-mb", MEMORY_MIB)
              .with("cpu-percent", new Range(0, 200)),
          Form.of("spark")
              .with("rows", ANY_COUNT)
              .with("ratio", RATIO)
              .with("wide-ratio", RATIO)
              .with("json-ratio", RATIO)
              .with("parquet-ratio", RATIO));

  private ShortForms() {}

  private record Range(double least, double most) {
    boolean has(double value) {
      return value >= least && value <= most;
    }

    @Override
    public String toString() {
      return Samples.text("%.1f", least) + " to " + Samples.text("%.1f", most);
    }
  }

  /** A benchmark, and the keys of its last line, in this order. */
  private record Form(String name, Map<String, Range> keys) {

    static Form of(String name) {
      return new Form(name, new LinkedHashMap<>());
    }

    Form with(String key, Range range) {
      keys.put(key, range);
      return this;
    }

    /** The mistake in its last line, if any. */
    List<String> problems(String last) {
      String prefix = name + ": ";
      if (!last.startsWith(prefix)) {
        return List.of("its last line does not begin with '" + prefix + "': " + last);
      }
      Map<String, String> said = new LinkedHashMap<>();
      for (String word : last.substring(prefix.length()).split(" ", -1)) {
        String[] parts = word.split("=", 2);
        said.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
      List<String> problems = new ArrayList<>();
      if (!List.copyOf(said.keySet()).equals(List.copyOf(keys.keySet()))) {
        problems.add("its keys are %s, not %s".formatted(said.keySet(), keys.keySet()));
      }
      keys.forEach(
          (key, range) -> {
            String value = said.getOrDefault(key, "");
            if (!value.matches("[0-9]+([.][0-9]+)?") || !range.has(Double.parseDouble(value))) {
              problems.add("%s is '%s', not %s".formatted(key, value, range));
            }
          });
      return problems;
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Options(args, Map.of(), Map.of(), Set.of());
    int failed = 0;
    for (int i = 0; i < FORMS.size(); i++) {
      Form form = FORMS.get(i);
      Report.progress("short form %d of %d: %s", i + 1, FORMS.size(), form.name());
      long begun = System.nanoTime();
      List<String> problems = run(form);
      problems.forEach(problem -> System.out.println(form.name() + ": FAILED: " + problem));
      failed += problems.isEmpty() ? 0 : 1;
      Report.progress("%s took %.0f s", form.name(), (System.nanoTime() - begun) / 1e9);
    }
    System.out.printf("short-forms: %d passed, %d failed%n", FORMS.size() - failed, failed);
    System.exit(failed == 0 ? 0 : 1);
  }

  private static List<String> run(Form form) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Arrays.asList("./bench/run.sh", form.name(), "--short"))
            .directory(Path.of("").toAbsolutePath().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
        last = line;
      }
    }
    int status = process.waitFor();
    return status == 0 ? form.problems(last) : List.of("it ended with exit code " + status);
  }
}
