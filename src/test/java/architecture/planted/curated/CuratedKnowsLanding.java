package architecture.planted.curated;

import architecture.planted.landing.AListing;

/** Breaks: the leaves never know each other. */
public final class CuratedKnowsLanding {
  AListing known;
}
