package store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** Where the run store is. */
@ConfigMapping(prefix = "service.store")
interface StoreFile {

  /** The file, as {@code service.store} names it. */
  @WithParentName
  String name();
}
