package localcloud;

import java.util.List;

/** The wish for help on a command line, which comes before all else that is there. */
public final class Help {
  private Help() {}

  /** Whether {@code --help} or {@code -h} is among the words. */
  public static boolean isWanted(String... args) {
    return List.of(args).contains("--help") || List.of(args).contains("-h");
  }
}
