package store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** The place of the run store. */
@ConfigMapping(prefix = "service.store")
interface StoreFile {

  /** The file, as {@code service.store} names it. */
  @WithParentName
  String name();
}
