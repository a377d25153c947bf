package store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the list continues; absent at its end
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /**
   * The first of these items.
   *
   * @param found one item more than the page may have, if there are so many
   * @param key where the list continues after an item
   */
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
    return found.size() <= limit
        ? new Page<>(List.copyOf(found), Optional.empty())
        : new Page<>(
            List.copyOf(found.subList(0, limit)), Optional.of(key.apply(found.get(limit - 1))));
  }

  /** The same part of a list that is made of this one, item by item. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), next);
  }
}
