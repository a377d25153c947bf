package browser;

/**
 * What Maven runs, within itself, after the tests: where there is no browser, the last line of the
 * build says that its tests were skipped. Maven itself ends with how long it took, so the line is
 * printed when its process ends.
 */
public final class LastLine {

  private LastLine() {}

  /** Says so, if it is so. */
  public static void main(String[] args) {
    if (Chromium.executable().isEmpty()) {
      Runtime.getRuntime().addShutdownHook(new Thread(whole(), LastLine::say));
    }
  }

  /**
   * Maven's plugin has a group of threads of its own, which is destroyed before the hook starts.
   */
  private static ThreadGroup whole() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  private static void say() {
    System.out.println(
        "The tests in a browser were skipped: there is no Chromium; install it (Debian: apt-get install chromium)");
  }
}
