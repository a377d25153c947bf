package architecture.planted.flow;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Breaks: time is injected, and a zone is not a clock. */
public final class AsksLocalDate {
  LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
