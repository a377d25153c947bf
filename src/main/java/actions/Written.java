package actions;

import java.util.Optional;

/**
 * What a cluster's steps wrote for the service.
 *
 * @param <T> its type
 * @param content what was read; empty if there is nothing, or nothing readable
 * @param problem why it cannot be read
 */
public record Written<T>(Optional<T> content, Optional<String> problem) {

  /**
   * What was read.
   *
   * @param content null if there is nothing
   */
  public static <T> Written<T> of(T content) {
    return new Written<>(Optional.ofNullable(content), Optional.empty());
  }

  /** It exists and cannot be read. */
  public static <T> Written<T> unusable(Throwable cause) {
    return new Written<>(Optional.empty(), Optional.of(cause.getMessage()));
  }
}
