package security;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The users file. A change of it is in force a second later; one that is faulty never is. */
@ApplicationScoped
public class UsersFile {

  private static final Logger LOG = Logger.getLogger(UsersFile.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long LARGEST = 1024 * 1024;

  private final AccessSettings settings;
  private final Clock clock;
  private Optional<Version> seen = Optional.empty();
  private Instant nextLook = Instant.MIN;
  private Optional<Users> good = Optional.empty();
  private String trouble = "";

  /** What differs when a file was written again, or another one was put in its place. */
  private record Version(FileTime modified, long size, Optional<Object> file) {}

  UsersFile(AccessSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Reads a file.
   *
   * @param problems where each mistake is added, without any secret
   */
  public static Users read(Path file, List<String> problems) {
    try {
      if (Files.size(file) > LARGEST) {
        problems.add("is larger than 1 MiB");
        return Users.read(List.of("#"), new ArrayList<>());
      }
      return Users.read(Files.readAllLines(file), problems);
    } catch (IOException e) {
      problems.add("cannot be read (%s)".formatted(e));
      return Users.read(List.of("#"), new ArrayList<>());
    }
  }

  /** Those who may enter now; while the file cannot be used, those of the last good one. */
  synchronized Users users() {
    Instant now = clock.instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(EVERY);
      settings.usersFile().ifPresent(this::look);
    }
    return good.orElseGet(() -> Users.read(List.of(), new ArrayList<>()));
  }

  private void look(Path file) {
    Optional<Version> version = version(file);
    if (version.isPresent() && version.equals(seen)) {
      return;
    }
    List<String> problems = new ArrayList<>();
    Users users = read(file, problems);
    if (problems.isEmpty()) {
      if (good.isPresent()) {
        LOG.infof(
            "Users file %s has changed: %s may enter", file, String.join(", ", users.names()));
      }
      good = Optional.of(users);
      seen = version;
      trouble = "";
      return;
    }
    // One that cannot be read has no version, and is looked at again.
    seen = version;
    String message = String.join("; ", problems);
    if (!message.equals(trouble)) {
      LOG.warnf(
          "Cannot use the users file %s: it %s; the last good one stays in force, mend this one",
          file, message);
      trouble = message;
    }
  }

  private static Optional<Version> version(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Files.isReadable(file)
          ? Optional.of(
              new Version(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey())))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
