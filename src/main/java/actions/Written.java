package actions;

import java.util.Optional;

/**
 * What was found where a cluster's steps write for the service.
 *
 * @param <T> what it is
 * @param content what was read; empty where nothing is there, or nothing that can be read
 * @param problem why it cannot be read
 */
public record Written<T>(Optional<T> content, Optional<String> problem) {

  /**
   * What was read.
   *
   * @param content null where nothing is there
   */
  public static <T> Written<T> of(T content) {
    return new Written<>(Optional.ofNullable(content), Optional.empty());
  }

  /** It is there and cannot be read. */
  public static <T> Written<T> unusable(Throwable cause) {
    return new Written<>(Optional.empty(), Optional.of(cause.getMessage()));
  }
}
