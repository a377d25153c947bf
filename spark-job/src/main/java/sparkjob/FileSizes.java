package sparkjob;

import contract.JobResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which written files are far from the target size. A file is fine from half of the target to one
 * and a half times; in each folder one file, with the rest, may be smaller.
 *
 * @param target the target size in bytes
 */
record FileSizes(long target) {
  /**
   * The most bytes that are read and written again; a job of terabytes must not take twice as long.
   */
  static final long MOST_BYTES = 64L << 30;

  /**
   * Files of one folder to write again.
   *
   * @param folder its URI, ends with a slash
   * @param isSplit whether they are one file that is too large; otherwise they are combined
   */
  record Rewrite(String folder, List<JobResult.CuratedFile> files, boolean isSplit) {
    /** The total size of its files. */
    long bytes() {
      return sum(files);
    }
  }

  /**
   * What to write again, the cheapest first, up to {@code mostBytes} in all.
   *
   * @param files the files of all folders, from their footers
   */
  List<Rewrite> rewrites(List<JobResult.CuratedFile> files, long mostBytes) {
    List<Rewrite> wanted = new ArrayList<>();
    files.stream()
        .collect(Collectors.groupingBy(FileSizes::folder, TreeMap::new, Collectors.toList()))
        .forEach((folder, inIt) -> wanted.addAll(ofFolder(folder, inIt)));
    wanted.sort(Comparator.comparingLong(Rewrite::bytes));
    List<Rewrite> chosen = new ArrayList<>();
    long bytes = 0;
    for (Rewrite rewrite : wanted) {
      bytes += rewrite.bytes();
      if (bytes <= mostBytes) {
        chosen.add(rewrite);
      }
    }
    return chosen;
  }

  private List<Rewrite> ofFolder(String folder, List<JobResult.CuratedFile> files) {
    if (files.size() > 1 && sum(files) <= target) {
      return List.of(new Rewrite(folder, files, false));
    }
    List<Rewrite> rewrites = new ArrayList<>();
    List<JobResult.CuratedFile> small =
        files.stream().filter(file -> file.size() < target / 2).toList();
    if (small.size() > 1) {
      rewrites.add(new Rewrite(folder, small, false));
    }
    files.stream()
        .filter(file -> file.size() > target + target / 2 && file.rows() > 1)
        .forEach(file -> rewrites.add(new Rewrite(folder, List.of(file), true)));
    return rewrites;
  }

  /** How many files that many bytes need. */
  int count(long bytes) {
    return (int) Math.max(1, -Math.floorDiv(-bytes, target));
  }

  private static String folder(JobResult.CuratedFile file) {
    return file.uri().substring(0, file.uri().lastIndexOf('/') + 1);
  }

  private static long sum(List<JobResult.CuratedFile> files) {
    return files.stream().mapToLong(JobResult.CuratedFile::size).sum();
  }
}
