package security;

import java.util.Locale;

/** What a caller may do. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Reads, starts, cancels and changes. */
  OPERATOR;

  /** As the users file and the OpenID provider have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
