package architecture.planted.cluster;

import org.apache.camel.Exchange;

/** Breaks: only routes know Camel. */
public final class ClusterKnowsCamel {
  Exchange exchange;
}
