package bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options after a benchmark's name on the command line. */
final class Options {

  static final String KEEP = "--keep";
  private static final String SHORT = "--short";

  private final List<String> words;
  private final Map<String, Integer> numbers;
  private final Set<String> flags = new HashSet<>();

  /**
   * Reads the command line; a mistake in it ends the process with one line.
   *
   * @param defaults of the options that take a number
   * @param shortened those of them that are smaller in the short form, {@code --short}
   * @param known the options that take none, besides {@code --keep} and {@code --short}
   */
  Options(
      String[] args,
      Map<String, Integer> defaults,
      Map<String, Integer> shortened,
      Set<String> known) {
    words = List.of(args);
    numbers = new HashMap<>(defaults);
    if (words.contains(SHORT)) {
      numbers.putAll(shortened);
    }
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(KEEP) || args[i].equals(SHORT) || known.contains(args[i])) {
        flags.add(args[i]);
      } else if (!defaults.containsKey(args[i])) {
        refuse("there is no option " + args[i]);
      } else if (i + 1 < args.length && args[i + 1].matches("[1-9][0-9]{0,8}")) {
        numbers.put(args[i], Integer.valueOf(args[++i]));
      } else {
        refuse(args[i] + " takes a whole number from 1 to 999999999");
      }
    }
  }

  int number(String name) {
    return numbers.get(name);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** As they were typed. */
  List<String> words() {
    return words;
  }

  static void refuse(String why) {
    System.err.println("bench: " + why + "; ./bench/run.sh lists the benchmarks and their options");
    System.exit(2);
  }
}
