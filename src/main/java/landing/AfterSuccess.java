package landing;

/** What happens to a landed object after its run has succeeded. */
public enum AfterSuccess {
  /** It stays where it landed, and is listed again at every poll. */
  KEEP,

  /** It is moved below the archive prefix of its bucket. */
  ARCHIVE,

  /** It is deleted. */
  DELETE
}
