package architecture.planted.web;

import architecture.planted.cluster.AGateway;

/** Breaks: a page shows what the API offers, and knows no leaf. */
public final class PageKnowsACluster {
  AGateway known;
}
