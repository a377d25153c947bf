package architecture.planted.circle.here;

import architecture.planted.circle.there.There;

/** Breaks: packages have no cycle. */
public final class Here {
  There there;
}
