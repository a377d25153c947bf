package architecture.planted.routes;

import architecture.planted.api.AResource;

/** Breaks: routes know nothing of the API. */
public final class RouteKnowsTheApi {
  AResource known;
}
