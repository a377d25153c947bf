package localcloud.faults;

import java.util.Arrays;
import java.util.Optional;

/** What {@code does} can say. */
enum Kind {
  KILL("kill"),
  DELAY("delay"),
  LOSE_REPLY("lose-reply"),
  CUT("cut"),
  ERROR("error"),
  THROTTLE("throttle");

  private final String wireName;

  Kind(String wireName) {
    this.wireName = wireName;
  }

  static Optional<Kind> named(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }

  String wireName() {
    return wireName;
  }
}
