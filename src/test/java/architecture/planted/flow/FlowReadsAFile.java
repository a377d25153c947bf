package architecture.planted.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks: flow does no I/O. */
public final class FlowReadsAFile {
  String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
