package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a start came to.
 *
 * @param runs the runs that do what was wanted
 * @param message what they do
 */
@RegisterForReflection
public record StartView(List<String> runs, String message) {}
