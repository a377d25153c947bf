package web;

import api.PipelineState;
import java.util.Locale;
import run.RunState;
import run.StepState;

/** What a state means to a person, as a class of the style sheet. */
enum Tone {
  GOOD,
  BUSY,
  WAIT,
  BAD,
  PAUSED,
  STILL;

  /** The class of the style sheet. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Tone of(RunState state) {
    return switch (state) {
      case SUCCEEDED -> GOOD;
      case FAILED -> BAD;
      case CANCELLED, NO_DATA -> STILL;
      case COLLECTED, QUEUED -> WAIT;
      case PROCESSING, LOADING -> BUSY;
    };
  }

  static Tone of(PipelineState state) {
    return switch (state) {
      case RUNNING -> BUSY;
      case WAITING -> WAIT;
      case FAILING -> BAD;
      case PAUSED -> PAUSED;
      case IDLE -> STILL;
    };
  }

  static Tone of(StepState state) {
    return switch (state) {
      case COMPLETED -> GOOD;
      case FAILED, INTERRUPTED -> BAD;
      case RUNNING -> BUSY;
      case PENDING -> WAIT;
      case CANCELLED, CANCEL_PENDING -> STILL;
    };
  }
}
