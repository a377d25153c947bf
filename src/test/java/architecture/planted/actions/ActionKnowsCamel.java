package architecture.planted.actions;

import org.apache.camel.Exchange;

/** Breaks: only routes know Camel. */
public final class ActionKnowsCamel {
  Exchange exchange;
}
