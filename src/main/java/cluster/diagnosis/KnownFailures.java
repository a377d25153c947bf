package cluster.diagnosis;

import cluster.diagnosis.KnownFailure.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Collects the failures in a log, line by line. It keeps the last failure of each weight, the last
 * line of each symptom and a few last lines, and nothing else of a log.
 *
 * <p>Several processes write to a step's stderr at once, so records of others may stand between the
 * lines of a stack trace.
 */
final class KnownFailures {

  private static final int LAST_LINES = 5;

  /** The most records of others between two lines of a stack trace. */
  private static final int PATIENCE = 3;

  /** The message of Spark's {@code yarn.Client} if YARN's diagnostics have the reason. */
  private static final Pattern SYMPTOM =
      Pattern.compile(".*(?:finished with failed status|Application application_\\S+ is killed).*");

  /** The message of Spark's {@code ApplicationMaster} if the driver's own log has the reason. */
  private static final Pattern EXITED =
      Pattern.compile(
          ".*(?:User application exited with (?:status )?\\d+"
              + "|Shutdown hook called before final status was reported).*");

  /** The beginning of YARN's diagnostics, in the client's report and in its last message. */
  private static final Pattern DIAGNOSTICS =
      Pattern.compile(".*?(?:diagnostics:|Application diagnostics message:)\\s*");

  private static final Pattern DRIVER_DIED =
      Pattern.compile("Exception in thread \"(?:main|Driver)\" .*");

  private final Map<Weight, KnownFailure> last = new EnumMap<>(Weight.class);
  private final Map<Symptom, String> signs = new EnumMap<>(Symptom.class);
  private final Deque<String> lastLines = new ArrayDeque<>();
  private int lostExecutors;
  private Optional<KnownFailure> open = Optional.empty();
  private Optional<KnownFailure> diagnosed = Optional.empty();
  private Optional<String> waiting = Optional.empty();

  /** Within YARN's quotation of a container's stderr, which belongs to the open failure. */
  private boolean inQuote;

  /** Between the head of a Python traceback and the error that it ends with. */
  private boolean inTraceback;

  /** Within an exception that is not part of the chain. */
  private boolean inSuppressed;

  /** After a record without information, which may have more lines. */
  private boolean inTalk;

  /** The number of such records since the open failure's last line. */
  private int recordsBetween;

  /** The last failure of that weight. */
  Optional<KnownFailure> last(Weight weight) {
    return Optional.ofNullable(last.get(weight));
  }

  /** The last line with each symptom. */
  Map<Symptom, String> signs() {
    return signs;
  }

  /** How many executors the driver lost. */
  int lostExecutors() {
    return lostExecutors;
  }

  /** The last lines that are no noise, after YARN's report of an application that never ran. */
  List<String> lastLines() {
    List<String> lines = new ArrayList<>();
    waiting.ifPresent(lines::add);
    lines.addAll(lastLines);
    return lines;
  }

  /** Takes the log's next line. */
  void take(String text) {
    switch (StderrLine.kind(text)) {
      case TALK -> talk(text);
      case WARNING -> {
        begin(Weight.WARNED, text);
        remember(text);
      }
      case ERROR -> error(text);
      case OUR_FAILURE -> begin(Weight.OURS, text);
      case THREAD_DIED -> died(text);
      case TRACEBACK -> traceback();
      case CONSEQUENCE -> consequence(text);
      case EXCEPTION -> exception(text);
      case CAUSED_BY -> causedBy(text);
      case SUPPRESSED -> inSuppressed = true;
      case DRIVER_STACK -> open.ifPresent(KnownFailure::backToFirst);
      case JAVA_FRAME -> javaFrame(text);
      case PYTHON_FRAME -> pythonFrame(text);
      case COMPLAINT -> complaint(text);
      case YARN_DIAGNOSTICS -> diagnostics(text);
      case YARN_STATUS -> status(text);
      case YARN_FIELD -> endOfDiagnostics();
      case PLAIN -> plain(text);
      case NOISE -> {}
    }
  }

  /** The log is at its end. */
  void end() {
    close();
    told().ifPresent(trouble -> keep(trouble, Weight.SYMPTOM));
  }

  private void talk(String text) {
    recordsBetween++;
    if (text.contains("Exception") || recordsBetween > PATIENCE) {
      close();
    }
    inTalk = true;
  }

  private void begin(Weight weight, String text) {
    close();
    open = Optional.of(new KnownFailure(weight));
    say(text);
  }

  private void error(String text) {
    if (text.contains("Application diagnostics message:")) {
      String said = DIAGNOSTICS.matcher(text).replaceFirst("");
      begin(weight(said), said);
      inQuote = true;
    } else {
      begin(Weight.LOGGED, text);
    }
  }

  private void died(String text) {
    Weight weight = DRIVER_DIED.matcher(text).matches() ? weight(text) : Weight.TOLD;
    if (inQuote && weight != Weight.SYMPTOM) {
      nextSays(text);
    } else {
      begin(weight, text);
    }
  }

  private static Weight weight(String text) {
    if (EXITED.matcher(text).matches()) {
      return Weight.EXITED;
    }
    return SYMPTOM.matcher(text).matches() ? Weight.SYMPTOM : Weight.FATAL;
  }

  private void traceback() {
    if (!inTraceback) {
      close();
      open = Optional.of(new KnownFailure(Weight.FATAL));
      inTraceback = true;
    }
  }

  /** Python prints the cause of a failure before the failure itself. */
  private void consequence(String text) {
    if (open.isPresent()) {
      if (text.contains("direct cause")) {
        open.get().startsWithRoot();
      }
      open.get().next();
      inTraceback = true;
    }
  }

  private void exception(String text) {
    boolean goesOn = open.isPresent() && !inTalk && !open.get().present().isTraced();
    if (inTraceback) {
      endTraceback(text);
    } else if (goesOn || inQuote) {
      nextSays(text);
    } else {
      begin(Weight.TOLD, text);
    }
  }

  private void complaint(String text) {
    if (inTraceback) {
      endTraceback(text);
    } else if (inQuote) {
      nextSays(text);
    } else {
      begin(Weight.TOLD, text);
    }
  }

  private void causedBy(String text) {
    if (inSuppressed && Character.isWhitespace(text.charAt(0))) {
      return;
    }
    inSuppressed = false;
    if (open.isPresent()) {
      nextSays(text);
    } else {
      begin(Weight.TOLD, text);
    }
  }

  private void javaFrame(String text) {
    if (open.isPresent() && !inSuppressed) {
      inTraceback = false;
      goOn();
      open.get().present().javaFrame(text);
    }
  }

  private void pythonFrame(String text) {
    if (open.isPresent() && inTraceback) {
      goOn();
      open.get().present().pythonFrame(text);
    }
  }

  private void plain(String text) {
    if (inTraceback && Character.isWhitespace(text.charAt(0))) {
      open.ifPresent(trouble -> trouble.present().pythonCode(text));
    } else if (inTraceback) {
      endTraceback(text);
    } else if (!inTalk) {
      say(text);
      remember(text);
    }
  }

  private void endTraceback(String text) {
    inTraceback = false;
    say(text);
  }

  private void nextSays(String text) {
    inTraceback = false;
    open.ifPresent(KnownFailure::next);
    say(text);
  }

  private void say(String text) {
    goOn();
    Symptom.of(text).ifPresent(sign -> signs.put(sign, text.strip()));
    lostExecutors += text.contains(": Lost executor ") ? 1 : 0;
    if (open.isPresent()) {
      open.get().present().say(text);
      if (text.endsWith(StderrLine.TRACEBACK)) {
        open.get().next();
        inTraceback = true;
      }
    }
  }

  private void diagnostics(String text) {
    close();
    String said = DIAGNOSTICS.matcher(text).replaceFirst("");
    diagnosed = Optional.of(new KnownFailure(weight(said)));
    open = diagnosed;
    inQuote = true;
    say(said);
  }

  private void endOfDiagnostics() {
    close();
    inTalk = true;
  }

  private void status(String text) {
    endOfDiagnostics();
    waiting = Optional.empty();
    if (text.endsWith("FAILED") || text.endsWith("KILLED")) {
      told().ifPresent(trouble -> keep(trouble, trouble.weight()));
    } else if (text.endsWith("UNDEFINED")) {
      waiting = told().map(trouble -> trouble.cause().get(0));
    }
    diagnosed = Optional.empty();
  }

  /** The diagnostics of the present report, if it has any. */
  private Optional<KnownFailure> told() {
    return diagnosed.filter(
        trouble -> !trouble.cause().isEmpty() && !trouble.cause().equals(List.of("N/A")));
  }

  /** Closes the open failure. YARN's diagnostics count only once the final status is known. */
  private void close() {
    if (open.isPresent() && !open.equals(diagnosed)) {
      keep(open.get(), open.get().weight());
    }
    open = Optional.empty();
    inQuote = false;
    inTraceback = false;
    inSuppressed = false;
    goOn();
  }

  private void keep(KnownFailure trouble, Weight weight) {
    boolean thrown = trouble.isThrown();
    if (trouble.cause().isEmpty() || (weight == Weight.WARNED && !thrown)) {
      return;
    }
    last.put(weight == Weight.LOGGED && thrown ? Weight.TOLD : weight, trouble);
  }

  /** The line is not a record of another process. */
  private void goOn() {
    inTalk = false;
    recordsBetween = 0;
  }

  private void remember(String text) {
    lastLines.addLast(text.strip());
    if (lastLines.size() > LAST_LINES) {
      lastLines.removeFirst();
    }
  }
}
