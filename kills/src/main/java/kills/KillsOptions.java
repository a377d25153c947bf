package kills;

/**
 * The harness's command line.
 *
 * @param seed gives the delays, the instants and the order
 * @param points at how many calls the service is to be killed at least
 * @param together how many runs are to be struck at the same time at most
 * @param isShort only the most telling points
 * @param keepsLogs keep the logs also where nothing is wrong
 */
record KillsOptions(long seed, int points, int together, boolean isShort, boolean keepsLogs) {

  static final String USAGE =
      """
      Usage: ./bench/run.sh kills [--seed N] [--points N] [--together N] [--short] [--logs]
        --seed N      gives the delays, the instants and the order; printed, so that a play can be repeated
        --points N    kill the service at N calls or more (default: 60)
        --together N  strike at N runs at the same time at most (default: 3)
        --short       only the most telling points
        --logs        keep the logs also where nothing is wrong\
      """;

  private static final int POINTS = 60;
  private static final int TOGETHER = 3;
  private static final int SHORT_TOGETHER = 1;

  /**
   * Reads the command line.
   *
   * @param seed where none is given
   * @throws IllegalArgumentException names the option and what is wrong with it
   */
  static KillsOptions parse(long seed, String... args) {
    KillsOptions options = new KillsOptions(seed, POINTS, TOGETHER, false, false);
    for (int i = 0; i < args.length; i++) {
      options =
          switch (args[i]) {
            case "--seed" -> options.withSeed(number(args, ++i));
            case "--points" -> options.withPoints(number(args, ++i));
            case "--together" -> options.withTogether(number(args, ++i));
            case "--short" ->
                new KillsOptions(options.seed, 0, SHORT_TOGETHER, true, options.keepsLogs);
            case "--logs" ->
                new KillsOptions(
                    options.seed, options.points, options.together, options.isShort, true);
            default -> throw new IllegalArgumentException("there is no option " + args[i]);
          };
    }
    return options;
  }

  private KillsOptions withSeed(int number) {
    return new KillsOptions(number, points, together, isShort, keepsLogs);
  }

  private KillsOptions withPoints(int number) {
    return new KillsOptions(seed, number, together, isShort, keepsLogs);
  }

  private KillsOptions withTogether(int number) {
    return new KillsOptions(seed, points, Math.max(1, number), isShort, keepsLogs);
  }

  private static int number(String[] args, int at) {
    if (at >= args.length || !args[at].matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(args[at - 1] + " wants a number");
    }
    return Integer.parseInt(args[at]);
  }
}
