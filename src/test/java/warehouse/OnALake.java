package warehouse;

import org.junit.jupiter.api.BeforeAll;
import testing.Lake;

/** A test with the real driver and the Snowflake stand-in. */
abstract class OnALake {

  static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.shared();
  }
}
