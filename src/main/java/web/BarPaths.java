package web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Bars of a picture, those of one tone as one path: a page has thousands of bars, and an element
 * for each would be the most of it.
 */
final class BarPaths {

  private final Map<Tone, StringBuilder> paths = new EnumMap<>(Tone.class);

  /**
   * The bars of one tone.
   *
   * @param tone their colour
   * @param path what SVG draws, the attribute {@code d}
   */
  record BarPath(Tone tone, String path) {}

  /** Adds a bar whose upper left corner is at that point. */
  void add(Tone tone, int x, int y, int width, int height) {
    paths
        .computeIfAbsent(tone, none -> new StringBuilder())
        .append('M')
        .append(x)
        .append(' ')
        .append(y)
        .append('h')
        .append(width)
        .append('v')
        .append(height)
        .append("h-")
        .append(width)
        .append('z');
  }

  List<BarPath> all() {
    return paths.entrySet().stream()
        .map(entry -> new BarPath(entry.getKey(), entry.getValue().toString()))
        .toList();
  }
}
