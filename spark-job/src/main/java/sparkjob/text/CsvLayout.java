package sparkjob.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The positions of the columns in the records of one object.
 *
 * @param width how many fields a record has
 * @param places of each column its field, or {@link Names#NOWHERE}
 */
public record CsvLayout(int width, List<Integer> places) {
  /** Copies the list. */
  public CsvLayout {
    places = List.copyOf(places);
  }

  /** Exactly the columns in their order. */
  public static CsvLayout inOrder(int width) {
    return new CsvLayout(width, IntStream.range(0, width).boxed().toList());
  }
}
