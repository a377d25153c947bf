package cluster.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what is wrong with one request. */
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  public List<Finding> all() {
    return all;
  }

  public void add(String path, String text) {
    all.add(new Finding(path, text));
  }

  /**
   * Adds one that says that something is missing.
   *
   * @param members the paths of what is missing; one of them may be enough
   */
  public void lacking(String path, String text, String... members) {
    all.add(new Finding(path, text, List.of(members)));
  }

  /** Whether it is there; its absence is a finding. */
  public boolean required(String path, Object value) {
    boolean absent = value == null || value.equals("");
    if (absent) {
      lacking(path, "is missing; EMR needs it", path);
    }
    return !absent;
  }

  /** Refuses a number out of its range; one that is absent is no finding. */
  void range(String path, Number value, long least, long most) {
    if (value == null || (value.longValue() >= least && value.longValue() <= most)) {
      return;
    }
    String right = least == most ? "%d" : most == Integer.MAX_VALUE ? "at least %d" : "%d to %d";
    add(path, ("is %d; write " + right).formatted(value.longValue(), least, most));
  }

  /** Refuses a word that is not one of the known; one that is absent is no finding. */
  void oneOf(String path, String value, Set<?> known) {
    Set<String> words =
        known.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    if (value != null && !words.contains(value)) {
      add(path, "is '%s'; write one of %s".formatted(value, String.join(", ", words)));
    }
  }
}
