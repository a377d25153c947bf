package localcloud.process;

import java.io.PrintStream;

/**
 * Prints progress: in a terminal one line that is overwritten, elsewhere a line for each change.
 */
public final class Screen {

  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private String news = "";
  private boolean open;

  /**
   * @param terminal whether a line may be overwritten
   */
  public Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Seconds since the screen was made. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Something has a new state. */
  public void progress(String text) {
    if (terminal) {
      out.print(ERASE_LINE + stamped(text));
      out.flush();
      open = true;
    } else if (!text.equals(news)) {
      out.println(stamped(text));
    }
    news = text;
  }

  /** The current activity is done; its line stays. */
  public void done(String text) {
    if (terminal) {
      out.print(ERASE_LINE);
      out.println(stamped(text));
    } else if (!text.equals(news)) {
      out.println(stamped(text));
    }
    open = false;
    news = "";
  }

  /** Prints a separate line. */
  public void line(String text) {
    if (open) {
      out.println();
      open = false;
    }
    out.println(text);
  }

  /** Where it writes. */
  public PrintStream out() {
    return out;
  }

  private String stamped(String text) {
    return "%6.1f s  %s".formatted(seconds(), text);
  }
}
