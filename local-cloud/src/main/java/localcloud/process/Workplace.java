package localcloud.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import localcloud.Cloud;

/**
 * A folder below {@code target/} and the processes that work in it: the stand-ins and the packaged
 * service. Closing it removes both; the processes also end when this process dies.
 */
public final class Workplace implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final long LOOK_MILLIS = 200;

  private final Path home;
  private final Path folder;
  private final Deque<Child> children = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Creates the folder.
   *
   * @param home the root of the whole project, where everything is built
   * @param name the beginning of the folder's name
   */
  public Workplace(Path home, String name) throws IOException {
    this.home = home;
    // Not in the system's temporary folder: S3's stand-in needs extended attributes, which a tmpfs
    // may lack.
    this.folder =
        Files.createTempDirectory(Files.createDirectories(home.resolve("target")), name + "-");
  }

  /** The folder, in which every process is started. */
  public Path folder() {
    return folder;
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Starts the stand-ins and waits until they are ready.
   *
   * @param options further ones of their command line
   */
  public Cloud startCloud(List<String> options) throws Failure, IOException, InterruptedException {
    Path endpoints = folder.resolve("endpoints.properties");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(java(), "-jar", home.resolve("local-cloud/target/local-cloud.jar").toString()));
    command.addAll(List.of("--data", folder.resolve("cloud").toString()));
    command.addAll(List.of("--endpoints", endpoints.toString()));
    command.addAll(options);
    Child child = start("local-cloud", command, Map.of());
    await(child, () -> Files.exists(endpoints));
    return Cloud.read(endpoints);
  }

  /** Writes the configuration for the service's next start. */
  public void configure(Properties properties) throws IOException {
    Path file = folder.resolve("config/application.properties");
    Files.createDirectories(file.getParent());
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }

  /** The pipelines of the iris data set. */
  public static Properties iris() throws IOException {
    Properties iris = new Properties();
    try (InputStream resource = Workplace.class.getResourceAsStream("/iris/pipelines.properties")) {
      iris.load(resource);
    }
    return iris;
  }

  /**
   * Starts the packaged service against the stand-ins; it is not ready yet. Its store is {@code
   * runs.db} in the folder, so that a second start continues where the first one ended.
   *
   * @param name of the process and its log
   * @param port the port of its API; the next one is that of its health and metrics
   * @param jvm further options of the JVM
   * @param settings further ones, as environment variables
   */
  public Child startService(
      String name, Cloud cloud, int port, List<String> jvm, Map<String, String> settings)
      throws IOException {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort(port)));
    environment.put("SERVICE_STORE", folder.resolve("runs.db").toString());
    environment.putAll(settings);
    String jar = home.resolve("target/quarkus-app/quarkus-run.jar").toString();
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar));
    return start(name, command, environment);
  }

  /** The service that was started at that port. */
  public static Service service(int port) {
    return new Service(local(port), local(managementPort(port)));
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static int managementPort(int port) {
    return port + 1;
  }

  /** Starts a process whose output goes to {@code <name>.log} in the folder. */
  private Child start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    Child child = new Child(name, command, environment, folder, folder.resolve(name + ".log"));
    synchronized (children) {
      children.push(child);
    }
    return child;
  }

  /** Ends the process and forgets it. */
  public void end(Child child) {
    synchronized (children) {
      children.remove(child);
    }
    child.close();
  }

  /** The processes that are not ended yet, the newest first. */
  public List<Child> children() {
    synchronized (children) {
      return List.copyOf(children);
    }
  }

  /** Waits until the condition holds. */
  @FunctionalInterface
  public interface Question {
    boolean isAnsweredYes() throws IOException, InterruptedException;
  }

  /**
   * Waits for a process to be ready.
   *
   * @throws Failure if it ends instead, or takes minutes
   */
  public static void await(Child child, Question question)
      throws Failure, IOException, InterruptedException {
    long start = System.nanoTime();
    while (!question.isAnsweredYes()) {
      if (System.nanoTime() - start > START.toNanos()) {
        throw new Failure(child.name() + " was not ready after " + START.toSeconds() + " s");
      }
      pause(List.of(child));
    }
  }

  /**
   * Waits for a moment.
   *
   * @throws Failure if a process that is needed has ended
   */
  public static void pause(Iterable<Child> needed)
      throws Failure, IOException, InterruptedException {
    pause(LOOK_MILLIS);
    for (Child child : needed) {
      if (!child.isAlive()) {
        throw new Failure(child.name() + " has ended:\n" + child.lastWords());
      }
    }
  }

  /** Waits for that many milliseconds. */
  public static void pause(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Keeps the files that are needed to find out why it failed; everything else is deleted with the
   * folder.
   *
   * @param name the name of the folder below {@code target/}, which is replaced
   */
  public Path keepLogs(String name) throws IOException {
    Path logs = home.resolve("target").resolve(name);
    deleteTree(logs);
    Files.createDirectories(logs);
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(
              file ->
                  file.toString()
                      .matches(".*(\\.log|\\.jsonl|\\.db|\\.db-wal|/stderr|/stdout|/controller)"))
          .forEach(sources::add);
    }
    for (Path source : sources) {
      Path target = logs.resolve(folder.relativize(source).toString());
      Files.createDirectories(target.getParent());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return logs;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    children().forEach(Child::close);
    try {
      deleteTree(folder);
    } catch (IOException e) {
      System.err.println("Cannot delete " + folder + ": " + e.getMessage());
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(Workplace::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Whether a service can have that loopback port, and the next for its health and metrics. */
  public static boolean isFree(int port) {
    return isUnused(port) && isUnused(managementPort(port));
  }

  private static boolean isUnused(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** A loopback port that a service can have, since the next one is free too. */
  public static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (isUnused(managementPort(socket.getLocalPort()))) {
          return socket.getLocalPort();
        }
      }
    }
  }
}
