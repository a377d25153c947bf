package kills;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import localcloud.faults.Call;
import localcloud.faults.Service;

/**
 * A call that every run makes: what a stand-in recorded of one run's call, with a blank for
 * whatever is another in another run.
 *
 * @param shape the call's detail, a blank is its name in angle brackets
 */
record CallKind(Service service, String operation, String shape) {

  private static final int WIDEST_DETAIL = 75;

  /** What differs between runs, in the order in which it is looked for. */
  private enum Blank {
    RUN("r-[0-9]{8}T[0-9]{6}-[0-9a-f]{6}"),
    CLUSTER("\\bj-[0-9A-Z]{8,}"),
    HASH("\\b[0-9a-f]{64}\\b"),
    DEFINITION("(?<=definition=)[0-9a-f]{16}"),
    LANE("");

    private final String form;

    Blank(String form) {
      this.form = form;
    }

    /** SQL folds identifiers to upper case. */
    String form(String lane) {
      return this == LANE ? "(?i:" + Pattern.quote(lane) + ")" : form;
    }

    String written() {
      return "<" + name().toLowerCase(java.util.Locale.ROOT) + ">";
    }
  }

  private static final Pattern WRITTEN =
      Pattern.compile(
          Arrays.stream(Blank.values()).map(Blank::written).collect(Collectors.joining("|")));

  /** The kind of a call that was made for a run of that lane. */
  static CallKind of(Call call, String lane) {
    String shape = call.detail();
    for (Blank blank : Blank.values()) {
      shape = shape.replaceAll(blank.form(lane), blank.written());
    }
    return new CallKind(call.service(), call.operation(), shape);
  }

  /** Whether the service makes the call only until it has had its effect once. */
  boolean isMadeOnce() {
    return shape.startsWith("CREATE STAGE ") || shape.startsWith("CREATE EXTERNAL TABLE ");
  }

  /** Whether it is up to what is left of a quota how often a run makes the call. */
  boolean isMadeBySpareQuota() {
    return operation.equals("ListSteps") || operation.equals("DescribeStep");
  }

  /** Whether the call itself tells of which lane it is; otherwise it may serve all runs. */
  boolean tellsItsLane() {
    return shape.contains(Blank.LANE.written());
  }

  /** What is found in the detail of such a call of that lane, and in no other call's. */
  String match(String lane) {
    StringBuilder match = new StringBuilder("^");
    Matcher blanks = WRITTEN.matcher(shape);
    int end = 0;
    for (MatchResult blank : blanks.results().toList()) {
      match.append(quoted(shape.substring(end, blank.start())));
      match.append(Blank.valueOf(name(blank.group())).form(lane));
      end = blank.end();
    }
    return match.append(quoted(shape.substring(end))).append("$").toString();
  }

  /** Whether it is such a call of that lane. */
  boolean isOf(Call call, String lane) {
    return call.service() == service
        && call.operation().equals(operation)
        && Pattern.compile(match(lane)).matcher(call.detail()).find();
  }

  /** In one short line, which need not tell all of it. */
  String words() {
    String detail = shape.replaceAll("\\s+", " ").replace("\"", "");
    String told =
        detail.length() <= WIDEST_DETAIL ? detail : detail.substring(0, WIDEST_DETAIL) + "…";
    return "%s %s %s".formatted(service.wireName(), operation, told).strip();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text);
  }

  private static String name(String written) {
    return written.substring(1, written.length() - 1).toUpperCase(java.util.Locale.ROOT);
  }
}
