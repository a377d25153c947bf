package architecture.planted.intake;

import architecture.planted.routes.ARoute;

/** Breaks: nobody knows routes. */
public final class IntakeKnowsARoute {
  ARoute known;
}
