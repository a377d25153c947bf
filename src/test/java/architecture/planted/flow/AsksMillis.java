package architecture.planted.flow;

/** Breaks: time is injected. */
public final class AsksMillis {
  long now() {
    return System.currentTimeMillis();
  }
}
