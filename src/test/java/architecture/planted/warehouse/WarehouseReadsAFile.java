package architecture.planted.warehouse;

import java.nio.file.Path;

/** Breaks: warehouse does no I/O. */
public final class WarehouseReadsAFile {
  Path file;
}
