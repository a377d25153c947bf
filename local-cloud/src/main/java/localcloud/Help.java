package localcloud;

import java.util.List;

/** The option for help on a command line, which takes precedence over everything else. */
public final class Help {
  private Help() {}

  /** Whether {@code --help} or {@code -h} is among the words. */
  public static boolean isWanted(String... args) {
    return List.of(args).contains("--help") || List.of(args).contains("-h");
  }
}
