package sparkjob.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Matches the names of two lists: the same name, or else the only one that differs in case only.
 */
public final class Names {
  /** For a missing name. */
  public static final int NOWHERE = -1;

  private Names() {}

  /** For each wanted name its place among the found names, or {@link #NOWHERE}. */
  public static int[] match(List<String> wanted, List<String> found) {
    int[] places = new int[wanted.size()];
    Map<String, List<Integer>> otherWanted = new HashMap<>();
    Map<String, List<Integer>> otherFound = new HashMap<>();
    for (int i = 0; i < places.length; i++) {
      places[i] = found.indexOf(wanted.get(i));
      if (places[i] == NOWHERE) {
        add(otherWanted, wanted.get(i), i);
      }
    }
    for (int i : unmatched(places, found.size())) {
      add(otherFound, found.get(i), i);
    }
    otherWanted.forEach(
        (name, at) -> {
          List<Integer> there = otherFound.getOrDefault(name, List.of());
          if (at.size() == 1 && there.size() == 1) {
            places[at.get(0)] = there.get(0);
          }
        });
    return places;
  }

  /** The places, among that many, that no wanted name refers to. */
  public static List<Integer> unmatched(int[] places, int size) {
    boolean[] isMeant = new boolean[size];
    Arrays.stream(places).filter(place -> place != NOWHERE).forEach(place -> isMeant[place] = true);
    List<Integer> unmatched = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!isMeant[i]) {
        unmatched.add(i);
      }
    }
    return unmatched;
  }

  private static void add(Map<String, List<Integer>> byName, String name, int place) {
    byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>()).add(place);
  }
}
