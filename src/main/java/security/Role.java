package security;

/** What a caller may do. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Reads, starts, cancels and changes. */
  OPERATOR
}
