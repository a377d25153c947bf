package web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What operators may do to a pipeline after a question. */
enum PipelineOperation {
  START,
  PAUSE,
  RESUME;

  /** The one of that verb, if there is one. */
  static Optional<PipelineOperation> of(String verb) {
    return Arrays.stream(values()).filter(one -> one.verb().equals(verb)).findFirst();
  }

  /** The last part of its address. */
  String verb() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
