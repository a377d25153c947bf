package web;

import api.RunDetailView;
import api.RunDetailView.AttemptView;
import flow.WayOut;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import run.Failure;

/**
 * Why a run failed and what to do about it.
 *
 * @param kind the kind of the failure, in a word
 * @param cause why
 * @param attempt the number of the attempt that the log is of, 0 if there is none
 * @param log what its log says besides the cause
 * @param remedy what to do
 * @param buttons what an operator may do, the remedy's own operation first
 */
record FailureCard(
    String kind, Cause cause, int attempt, List<String> log, String remedy, List<Button> buttons) {

  /**
   * An operation on the card.
   *
   * @param word what is on it
   * @param path the page that asks for a confirmation
   * @param main whether it is what the remedy says to do now
   */
  record Button(String word, String path, boolean main) {}

  /** That of a run; empty if it did not fail. */
  static Optional<FailureCard> of(RunDetailView view, List<Operation> operations) {
    return view.run().failure().map(failure -> of(failure, view, operations));
  }

  private static FailureCard of(Failure failure, RunDetailView view, List<Operation> operations) {
    Cause cause = Cause.of(failure.message());
    Optional<AttemptView> last =
        view.attempts().stream().max(Comparator.comparing(AttemptView::number));
    return new FailureCard(
        Shown.word(failure.kind()),
        cause,
        last.map(AttemptView::number).orElse(0),
        last.flatMap(AttemptView::rootCause).orElse(List.of()).stream()
            .filter(line -> !cause.isRepeatedIn(line))
            .toList(),
        failure.remedy(),
        operations.stream()
            .sorted(Comparator.comparing(operation -> wayOut(view, operation).isPresent() ? 0 : 1))
            .map(operation -> button(operation, wayOut(view, operation)))
            .toList());
  }

  private static Optional<WayOut> wayOut(RunDetailView view, Operation operation) {
    return view.wayOut().filter(way -> way.verb().equals(operation.verb()));
  }

  private static Button button(Operation operation, Optional<WayOut> way) {
    String word = operation.word() + " this run";
    return new Button(
        way.filter(WayOut::onceCorrected).isPresent() ? word + ", once corrected" : word,
        operation.path(),
        way.filter(now -> !now.onceCorrected()).isPresent());
  }
}
