package web;

import api.AuditView;
import api.RunDetailView;
import api.RunDetailView.ObjectView;
import api.RunView;
import java.util.List;
import java.util.Optional;
import run.RunState;
import run.Start;

/**
 * What the head of a run's page says beside its state.
 *
 * @param trigger why there is this run
 * @param attempts which attempt it is or was, empty before the first
 * @param ended how it ended or will end, where no failure says it
 */
record RunHead(String trigger, String attempts, Optional<String> ended) {

  private static final List<String> CANCELLING = List.of("cancel", "discard");

  /**
   * That of a run.
   *
   * @param entries what operators did to it, newest first
   */
  static RunHead of(RunDetailView view, List<AuditView> entries) {
    return new RunHead(trigger(view), attempts(view), ended(view.run(), entries));
  }

  private static String trigger(RunDetailView view) {
    RunView run = view.run();
    if (run.start().isPresent()) {
      return run.start().get().by() == Start.By.HAND
          ? "started by hand"
          : "started by its schedule";
    }
    if (run.replayOf().isPresent()) {
      return "a replay";
    }
    List<ObjectView> landed = view.landed();
    if (landed.isEmpty()) {
      return "objects landed";
    }
    String uri = landed.get(0).uri();
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return run.objects() > 1
        ? "%s and %s more landed".formatted(name, Shown.number(run.objects() - 1))
        : name + " landed";
  }

  private static String attempts(RunDetailView view) {
    int number = view.attempts().size();
    if (number == 0) {
      return "";
    }
    return "attempt %d%s"
        .formatted(
            number,
            view.mostAttempts().filter(most -> most >= number).map(" of %d"::formatted).orElse(""));
  }

  private static Optional<String> ended(RunView run, List<AuditView> entries) {
    if (run.failure().isPresent()) {
      return Optional.empty();
    }
    return entries.stream()
        .filter(entry -> run.state() == RunState.CANCELLED)
        .filter(entry -> CANCELLING.contains(entry.action()))
        .filter(entry -> entry.outcome().filter("done"::equals).isPresent())
        .findFirst()
        .map(
            entry ->
                "%s by %s%s"
                    .formatted(
                        entry.action().equals("cancel") ? "Cancelled" : "Discarded",
                        entry.actor(),
                        entry.reason().map(": %s"::formatted).orElse("")))
        .or(run::message);
  }
}
