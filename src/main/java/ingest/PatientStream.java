package ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The body of a response, which fails if nothing arrives for too long. */
final class PatientStream extends FilterInputStream {

  private final ScheduledExecutorService followUps;
  private final Duration silence;
  private volatile boolean isSilent;

  PatientStream(InputStream body, ScheduledExecutorService followUps, Duration silence) {
    super(body);
    this.followUps = followUps;
    this.silence = silence;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Future<?> alarm = followUps.schedule(this::breakOff, silence.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int read = super.read(bytes, offset, length);
      if (isSilent) {
        throw new IOException("closed");
      }
      return read;
    } catch (IOException e) {
      throw isSilent ? new IOException("nothing came for " + silence, e) : e;
    } finally {
      alarm.cancel(false);
    }
  }

  private void breakOff() {
    isSilent = true;
    try {
      in.close();
    } catch (IOException e) {
      // This wakes the reader.
      isSilent = true;
    }
  }
}
