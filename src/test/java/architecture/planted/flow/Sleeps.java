package architecture.planted.flow;

/** Breaks: nobody sleeps. */
public final class Sleeps {
  void pause() throws InterruptedException {
    Thread.sleep(1);
  }
}
