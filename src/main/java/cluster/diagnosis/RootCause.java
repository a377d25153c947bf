package cluster.diagnosis;

import cluster.diagnosis.KnownFailure.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds in a step's stderr why the step failed. Lines are quoted, not interpreted: from a driver's
 * stack trace the root cause with the frames in the user's own code, and then its consequence; from
 * YARN's report the diagnostics; from a killed container the line that says so. Lost executors are
 * counted if there are many.
 */
public final class RootCause {

  /** The most lines of a result. */
  public static final int MAX_LINES = 20;

  /** The greatest length of a line, in characters. */
  public static final int MAX_LENGTH = 500;

  /** Bytes beyond this are not read, because that would take too long. */
  private static final long MAX_BYTES = 1L << 30;

  /** With this many lines a failure explains itself. */
  private static final int ENOUGH = 4;

  /** Two lines with this many characters in common count as equal. */
  private static final int DISTINCT = 20;

  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "(?:\\d\\S*\\s+){0,3}(?:ERROR|WARN|FATAL) [\\w.$]+: |Exception in thread \"[^\"]*\" "
              + "|Caused by: |: |diagnostics: |Application diagnostics message: "
              + "|User class threw exception: |spark-job: FAILED [A-Z_]+: "
              + "|(?:[\\w$]+\\.)*[\\w$]*(?:Exception|Error|Failure)[\\w$]*: ");

  private final KnownFailures troubles = new KnownFailures();
  private final List<String> lines = new ArrayList<>();

  private RootCause() {}

  /**
   * The lines that explain the failure, the cause itself first. Memory and time are bounded for any
   * log: at most its first gibibyte is read, and the first 4,096 bytes of each line.
   *
   * @param stderr the uncompressed text; it may be truncated anywhere, and a gzip stream may end
   *     too early. It is not closed here.
   * @return at most {@value #MAX_LINES} lines of at most {@value #MAX_LENGTH} characters, with
   *     possible secrets masked; without a failure, the last lines that are no noise; empty if
   *     there are none
   * @throws IOException if the stream cannot be read
   */
  public static List<String> of(InputStream stderr) throws IOException {
    RootCause cause = new RootCause();
    LogLines.each(stderr, MAX_BYTES, cause.troubles::take);
    cause.troubles.end();
    cause.choose();
    return cause.lines.stream().limit(MAX_LINES).map(RootCause::printable).toList();
  }

  private void choose() {
    List.of(Weight.OURS, Weight.FATAL, Weight.TOLD).forEach(this::addUnlessEnough);
    if (lines.isEmpty()) {
      addSigns(Symptom.Of.values());
      addUnlessEnough(Weight.LOGGED);
      addUnlessEnough(Weight.WARNED);
      addUnlessEnough(Weight.EXITED);
    } else {
      int end = lines.size();
      boolean unexplained = has(Symptom.Of.CONTAINERS);
      addSigns(Symptom.Of.MACHINES);
      if (unexplained) {
        // The driver knows that it lost a container; the reason for the container's end comes
        // first.
        Collections.rotate(lines, lines.size() - end);
      }
    }
    if (troubles.lostExecutors() >= LostNodes.A_DOZEN) {
      lines.add(LostNodes.told(troubles.lostExecutors()));
    }
    if (troubles.last(Weight.FATAL).filter(KnownFailure::isOfSubmit).isPresent()) {
      lines.add(SubmitFailure.TOLD);
    }
    troubles.last(Weight.SYMPTOM).ifPresent(this::add);
    if (lines.isEmpty()) {
      lines.addAll(troubles.lastLines());
    }
  }

  private void addUnlessEnough(Weight weight) {
    if (lines.size() < ENOUGH) {
      troubles.last(weight).ifPresent(this::add);
    }
  }

  private void add(KnownFailure trouble) {
    if (!isNews(trouble.cause())) {
      return;
    }
    lines.addAll(trouble.cause());
    List<String> consequence = trouble.consequence();
    trouble.between().stream()
        .filter(line -> isNews(List.of(line)) && !isSaid(line, consequence))
        .forEach(lines::add);
    if (isNews(consequence)) {
      consequence.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
    }
  }

  private void addSigns(Symptom.Of... about) {
    troubles
        .signs()
        .forEach(
            (sign, line) -> {
              if (List.of(about).contains(sign.about()) && lines.stream().noneMatch(sign::isIn)) {
                lines.add(line);
              }
            });
  }

  private boolean has(Symptom.Of about) {
    return lines.stream()
        .flatMap(line -> Symptom.of(line).stream())
        .anyMatch(s -> s.about() == about);
  }

  private boolean isNews(List<String> thrown) {
    return !thrown.isEmpty() && !isSaid(thrown.get(0), lines);
  }

  private static boolean isSaid(String line, List<String> by) {
    String message = message(line);
    return by.stream()
        .map(RootCause::message)
        .anyMatch(
            said ->
                said.equals(message) || (message.length() > DISTINCT && said.contains(message)));
  }

  /** The message of a line, without its logger. */
  private static String message(String line) {
    var introduction = INTRODUCTION.matcher(line);
    int start = 0;
    while (introduction.region(start, Math.min(line.length(), start + MAX_LENGTH)).lookingAt()) {
      start = introduction.end();
    }
    return line.substring(start);
  }

  private static String printable(String line) {
    String masked = Secrets.masked(line).stripTrailing();
    if (masked.length() <= MAX_LENGTH) {
      return masked;
    }
    int end = MAX_LENGTH - 1;
    return masked.substring(0, Character.isHighSurrogate(masked.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
