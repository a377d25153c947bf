package architecture.planted.web;

import architecture.planted.api.AResource;

/** Keeps: a page shows what the API offers. */
public final class APage {
  AResource known;
}
