package architecture.planted.actions;

import architecture.planted.routes.ARoute;

/** Breaks: nobody knows routes. */
public final class ActionKnowsARoute {
  ARoute known;
}
