package warehouse;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Statements to send, in order. An answer may add further ones, which then come first. */
final class StatementQueue {

  private record Question(String sql, Consumer<List<Row>> answered) {}

  private final Deque<Question> open = new ArrayDeque<>();
  private Deque<Question> added = new ArrayDeque<>();

  /** Adds a statement whose rows matter. */
  void ask(String sql, Consumer<List<Row>> answered) {
    added.addLast(new Question(sql, answered));
  }

  /** Adds a statement that need only succeed. */
  void send(String sql) {
    ask(sql, rows -> {});
  }

  /** Statements that need only succeed. */
  void send(Collection<String> statements) {
    statements.forEach(this::send);
  }

  /** Adds an action without a statement, for when everything before it is answered. */
  void next(Runnable step) {
    added.addLast(new Question("", rows -> step.run()));
  }

  /** The next statement; empty when there is none left. */
  Optional<String> sql() {
    settle();
    while (!open.isEmpty() && open.peekFirst().sql().isEmpty()) {
      open.pollFirst().answered().accept(List.of());
      settle();
    }
    return Optional.ofNullable(open.peekFirst()).map(Question::sql);
  }

  /** Takes the answer to the next statement. */
  void answered(List<Row> rows) {
    Question question = open.pollFirst();
    if (question == null) {
      throw new IllegalStateException("Cannot take an answer: no statement was sent");
    }
    question.answered().accept(rows);
  }

  private void settle() {
    while (!added.isEmpty()) {
      open.addFirst(added.pollLast());
    }
  }
}
