package localcloud.emr;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a step's own process, so that the step cannot outlive the stand-in: its
 * standard input is a pipe that only the stand-in holds, and when that closes, for whatever reason,
 * the process ends itself and its descendants.
 *
 * <p>It uses only the JDK, because it runs with Spark's class path. Arguments: {@code main <class>
 * <arguments…>} calls a main method; {@code exec <command…>} runs a program and ends with its exit
 * code.
 */
public final class StepProcess {
  /** The exit code that a shell reports after SIGTERM. */
  private static final int TERMINATED = 143;

  /** The process that {@code exec} has started. */
  private static volatile Process child;

  private StepProcess() {}

  public static void main(String[] args) throws Throwable {
    InputStream parent = System.in;
    System.setIn(InputStream.nullInputStream());
    Thread watch = new Thread(() -> endWith(parent), "ends-with-the-stand-in");
    watch.setDaemon(true);
    watch.start();
    Runtime.getRuntime().addShutdownHook(new Thread(StepProcess::endDescendants));

    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    if (args[0].equals("exec")) {
      exec(rest);
    } else {
      callMain(rest[0], Arrays.copyOfRange(rest, 1, rest.length));
    }
  }

  private static void exec(String[] command) throws IOException, InterruptedException {
    child = new ProcessBuilder(command).inheritIO().start();
    System.exit(child.waitFor());
  }

  /**
   * Lets exceptions of main escape unwrapped, so that the process ends and reports as under {@code
   * java}.
   */
  private static void callMain(String className, String[] args) throws Throwable {
    try {
      Class.forName(className).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWith(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // The stand-in never writes: only the end of the stream means something.
      }
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(TERMINATED);
  }

  /** Waits for a program after SIGTERM, because it may have to clean up. */
  private static void endDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    if (child != null) {
      child.onExit().join();
    }
  }
}
