package architecture.planted.circle.there;

import architecture.planted.circle.here.Here;

/** Breaks: packages have no cycle. */
public final class There {
  Here here;
}
