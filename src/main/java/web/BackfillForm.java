package web;

import java.util.Map;

/** What was typed into the form of a backfill; empty where nothing was. */
record BackfillForm(
    String prefix,
    String from,
    String until,
    String maxObjects,
    String maxBytes,
    String maxRuns,
    String reason) {

  /** The form's fields by their names. */
  static BackfillForm of(Map<String, String> typed) {
    return new BackfillForm(
        typed.getOrDefault("prefix", ""),
        typed.getOrDefault("from", ""),
        typed.getOrDefault("until", ""),
        typed.getOrDefault("max-objects", ""),
        typed.getOrDefault("max-bytes", ""),
        typed.getOrDefault("max-runs", ""),
        typed.getOrDefault("reason", ""));
  }
}
