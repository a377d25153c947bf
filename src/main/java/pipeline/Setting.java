package pipeline;

import java.util.Optional;

/**
 * A property for people to see: what must not be shown is hidden in its value.
 *
 * @param name its whole name
 * @param value its value in effect
 * @param source where it was read from; absent for a value that no source sets
 */
public record Setting(String name, String value, Optional<String> source) {}
