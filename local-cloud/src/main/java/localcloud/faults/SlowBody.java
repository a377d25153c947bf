package localcloud.faults;

import java.time.Duration;

/**
 * The body of an object comes in small pieces.
 *
 * @param delay from the first of them to the last
 */
public record SlowBody(Duration delay) implements Effect {}
