package sparkjob;

import contract.JobResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which written files are far from the size that they should have. A file is as it should be from
 * half of it to one and a half; of each folder one may be smaller, since something is left over.
 *
 * @param target bytes
 */
record FileSizes(long target) {
  /** As much is read and written once more at most; a job of terabytes must not take twice. */
  static final long MOST_BYTES = 64L << 30;

  /**
   * Files of one folder to write anew.
   *
   * @param folder its URI, ends with a slash
   * @param isSplit whether they are one file that is too large; otherwise they are to be put
   *     together
   */
  record Rewrite(String folder, List<JobResult.CuratedFile> files, boolean isSplit) {
    /** Of all its files. */
    long bytes() {
      return sum(files);
    }
  }

  /**
   * What to write anew, the cheapest first, up to {@code mostBytes} in all.
   *
   * @param files of all folders, as their footers tell
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

  /** Into how many files so many bytes go. */
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
