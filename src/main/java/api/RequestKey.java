package api;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import store.IdempotentRequests.CallerKey;

/** Under which key the present request is known, and what was made for it before. */
@RequestScoped
class RequestKey {

  private Optional<CallerKey> key = Optional.empty();
  private List<String> made = List.of();

  void set(CallerKey known, List<String> before) {
    this.key = Optional.of(known);
    this.made = List.copyOf(before);
  }

  Optional<CallerKey> get() {
    return key;
  }

  /** The names of what was made or changed when the same request came before. */
  List<String> made() {
    return made;
  }
}
