package polling;

/** How far one turn has brought the list of all clusters. */
public enum PagesRead {
  /** No page was read. */
  NONE,
  /** Pages were read, and more are to come; or they end a list of some clusters only. */
  SOME,
  /** The last page was read: what this list does not show is not there. */
  LAST
}
