package architecture.planted.polling;

import architecture.planted.routes.ARoute;

/** Breaks: nobody knows routes. */
public final class PollingKnowsARoute {
  ARoute known;
}
