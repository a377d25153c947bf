package landing;

/** What becomes of a landed object once a run has taken it to its good end. */
public enum AfterSuccess {
  /** It stays where it landed, and is listed again at every poll. */
  KEEP,

  /** It goes below the archive prefix of its bucket. */
  ARCHIVE,

  /** It is deleted. */
  DELETE
}
