package polling;

/** How far one turn has read the listing of all clusters. */
public enum PagesRead {
  /** No page was read. */
  NONE,
  /** Pages were read, and more follow; or they end a listing of some clusters only. */
  SOME,
  /** The last page was read: a cluster that this listing does not show does not exist. */
  LAST
}
