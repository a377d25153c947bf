package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The outcome of a start.
 *
 * @param runs the runs that serve the request
 * @param message what they do
 */
@RegisterForReflection
public record StartView(List<String> runs, String message) {}
