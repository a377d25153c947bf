package architecture.planted.flow;

import architecture.planted.web.APage;

/** Breaks: nobody knows the pages. */
public final class FlowKnowsAPage {
  APage known;
}
