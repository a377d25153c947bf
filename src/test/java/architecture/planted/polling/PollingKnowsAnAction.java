package architecture.planted.polling;

import architecture.planted.actions.ActionKnowsARoute;

/** Breaks: polling knows no action. */
public final class PollingKnowsAnAction {
  ActionKnowsARoute known;
}
