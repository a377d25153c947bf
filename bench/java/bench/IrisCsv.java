package bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Files of the iris shape, always with the same content. */
final class IrisCsv {

  private static final int FILES = 4;
  private static final long SEED = 53;

  private static final List<Input.Column> COLUMNS =
      List.of(
          new Input.Column("SEPAL_LENGTH", "double"),
          new Input.Column("SEPAL_WIDTH", "double"),
          new Input.Column("PETAL_LENGTH", "double"),
          new Input.Column("PETAL_WIDTH", "double"),
          new Input.Column("CLASS_NAME", "string"));

  /** The least number of lines that do not parse; large inputs have exactly this many. */
  private static final int BAD_ROWS = 12;

  /** One of each kind: too short, too long, and no number. */
  private static final List<String> BAD =
      List.of("5.1,3.5,1.4\n", "5.1,3.5,1.4,0.2,Iris-setosa,7\n", "5.1,3.5,wide,0.2,Iris-setosa\n");

  private static final byte[][] CLASSES = {
    bytes(",Iris-setosa\n"), bytes(",Iris-versicolor\n"), bytes(",Iris-virginica\n")
  };

  /** By class, then by column: the least value and the number of values, in tenths. */
  private static final int[][][] RANGES = {
    {{43, 16}, {23, 22}, {10, 10}, {1, 6}},
    {{49, 22}, {20, 15}, {30, 22}, {10, 9}},
    {{49, 31}, {22, 17}, {45, 25}, {14, 12}}
  };

  private IrisCsv() {}

  /** Writes them. */
  static Input write(Path folder, int rows) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(SEED);
    int every = Math.max(1, rows / BAD_ROWS);
    int bad = 0;
    int row = 0;
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= FILES; number++) {
      Path file = folder.resolve("iris-" + number + ".csv");
      files.add(file);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        for (; row < (long) rows * number / FILES; row++) {
          if (bad < BAD_ROWS && row % every == every / 2) {
            out.write(bytes(BAD.get(bad % BAD.size())));
            bad++;
          } else {
            writeRow(random, out);
          }
        }
      }
    }
    return new Input(Shape.IRIS, COLUMNS, files, rows, bad);
  }

  private static void writeRow(SplittableRandom random, OutputStream out) throws IOException {
    int flower = random.nextInt(CLASSES.length);
    int[][] ranges = RANGES[flower];
    for (int column = 0; column < ranges.length; column++) {
      int tenths = ranges[column][0] + random.nextInt(ranges[column][1]);
      if (column > 0) {
        out.write(',');
      }
      out.write('0' + tenths / 10);
      out.write('.');
      out.write('0' + tenths % 10);
    }
    out.write(CLASSES[flower]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
