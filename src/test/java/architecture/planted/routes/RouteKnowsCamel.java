package architecture.planted.routes;

import org.apache.camel.Exchange;

/** Allowed: routes know Camel. */
public final class RouteKnowsCamel {
  Exchange exchange;
}
