package architecture.planted.flow;

/** Breaks: nobody exits. */
public final class Exits {
  void stop() {
    System.exit(1);
  }
}
