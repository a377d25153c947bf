package kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kills.Point.AtCall;
import kills.Point.When;
import localcloud.faults.Call;
import localcloud.faults.ReceivedCall;
import localcloud.process.Failure;

/**
 * The calls of a run that nothing happened to, as the stand-ins recorded them: they tell where a
 * run can be struck.
 *
 * @param calls those of the service from its start to the run's end, in order
 * @param landed the number of the last call before the object landed
 * @param lane the run's
 * @param others the lanes that were there besides
 * @param took from landing to the run's end
 */
record Undisturbed(
    List<ReceivedCall> calls, long landed, String lane, List<String> others, Duration took) {

  private static final int LONGEST_DELAY_MILLIS = 300;

  /**
   * A call of a run.
   *
   * @param number 1 for the first of its kind in the run
   * @param after the last call before it that tells its lane, if it does not itself
   */
  record Occurrence(CallKind kind, int number, Optional<CallKind> after) {

    /** In one line. */
    String words() {
      return number == 1 ? kind.words() : "%s (%d)".formatted(kind.words(), number);
    }

    /** The three points of the call. */
    List<AtCall> points(Random random) {
      return Stream.of(When.values()).map(when -> point(when, random)).toList();
    }

    /** One point of the call. */
    AtCall point(When when, Random random) {
      Duration delay =
          when == When.ANSWERED
              ? Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS + 1))
              : Duration.ZERO;
      return new AtCall(this, when, delay);
    }
  }

  /** Every call of the run, in order. */
  List<Occurrence> occurrences() {
    List<Occurrence> occurrences = new ArrayList<>();
    Map<CallKind, Integer> counts = new HashMap<>();
    Optional<CallKind> told = Optional.empty();
    for (ReceivedCall received : calls) {
      if (received.number() <= landed || isOfAnother(received.call())) {
        continue;
      }
      CallKind kind = CallKind.of(received.call(), lane);
      if (kind.tellsItsLane()) {
        told = Optional.of(kind);
      }
      occurrences.add(
          new Occurrence(
              kind,
              counts.merge(kind, 1, Integer::sum),
              kind.tellsItsLane() ? Optional.empty() : told));
    }
    return occurrences;
  }

  /** Other lanes are listed meanwhile, and a probe of the start may still be under way. */
  private boolean isOfAnother(Call call) {
    return !Campaign.isWork(call)
        || others.stream().anyMatch(other -> CallKind.of(call, other).tellsItsLane());
  }

  /**
   * What the service calls when it signs in. It does so at its start and keeps the session, so the
   * run itself need not show it.
   */
  Optional<Occurrence> signIn() {
    return calls.stream()
        .filter(received -> received.call().operation().equals("Login"))
        .map(received -> new Occurrence(CallKind.of(received.call(), lane), 1, Optional.empty()))
        .findFirst();
  }

  /**
   * The first call of that operation with that in its shape.
   *
   * @throws Failure if there was none
   */
  Occurrence one(String operation, String part) throws Failure {
    return occurrences().stream()
        .filter(
            call -> call.kind().operation().equals(operation) && call.kind().shape().contains(part))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "The undisturbed run has made no call %s with '%s' in it"
                        .formatted(operation, part)));
  }
}
