package sparkjob.landed;

import contract.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a manifest's objects are divided among tasks. */
final class Splits {
  /** Spark's own defaults, see spark.sql.files.maxPartitionBytes and openCostInBytes. */
  private static final long LARGEST = 128L << 20;

  private static final long COST_OF_OPENING = 4L << 20;

  private Splits() {}

  /** Whether an object may be so large that it is split. */
  static boolean mayCut(Manifest.Entry object) {
    return object.size() > COST_OF_OPENING;
  }

  /**
   * One list of splits per task, in the manifest's order: large objects are split, small ones go
   * together.
   *
   * @param parallelism how many tasks can run at once
   * @param wholeOnes the URIs of objects that must not be split; compressed ones never are
   */
  static List<List<Split>> plan(
      List<Manifest.Entry> objects, int parallelism, Set<String> wholeOnes) {
    long total = 0;
    for (Manifest.Entry object : objects) {
      total += object.size() + COST_OF_OPENING;
    }
    long target = Math.min(LARGEST, Math.max(COST_OF_OPENING, total / parallelism));
    List<List<Split>> tasks = new ArrayList<>();
    List<Split> task = new ArrayList<>();
    long taskBytes = 0;
    int id = 0;
    for (Manifest.Entry object : objects) {
      boolean whole =
          wholeOnes.contains(object.uri()) || Compression.of(object.uri()) != Compression.NONE;
      long parts = whole ? 1 : Math.max(1, -Math.floorDiv(-object.size(), target));
      for (long part = 0; part < parts; part++) {
        long from = object.size() / parts * part;
        long to = part == parts - 1 ? Long.MAX_VALUE : object.size() / parts * (part + 1);
        long bytes = object.size() / parts + COST_OF_OPENING;
        if (!task.isEmpty() && taskBytes + bytes > target + COST_OF_OPENING) {
          tasks.add(task);
          task = new ArrayList<>();
          taskBytes = 0;
        }
        task.add(new Split(id++, object.uri(), from, to));
        taskBytes += bytes;
      }
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return tasks;
  }
}
