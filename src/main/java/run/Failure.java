package run;

import java.util.Objects;

/**
 * Why a run did not succeed.
 *
 * @param kind decides what happens next
 * @param message one sentence: the thing and the cause
 * @param remedy what to do about it
 */
public record Failure(FailureKind kind, String message, String remedy) {

  public Failure {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(message);
    Objects.requireNonNull(remedy);
  }
}
