package architecture.planted.configuration;

import architecture.planted.store.AStore;

/** Breaks: configuration knows the model and the rooms whose settings it reads. */
public final class ConfigurationKnowsTheStore {
  AStore known;
}
