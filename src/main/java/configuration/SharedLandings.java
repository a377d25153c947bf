package configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import landing.AfterSuccess;
import pipeline.Pipeline;

/**
 * Pipelines may land from one prefix as long as each leaves the objects there: none may archive or
 * delete what another has yet to read, nor archive to where another's objects land.
 */
final class SharedLandings {

  private SharedLandings() {}

  /** Adds a problem for each pipeline that would. */
  static void refuse(Map<String, Pipeline> pipelines, List<String> problems) {
    for (Pipeline clearing : pipelines.values()) {
      if (clearing.landing().afterSuccess() == AfterSuccess.KEEP) {
        continue;
      }
      for (Pipeline other : pipelines.values()) {
        if (!clearing.name().equals(other.name())
            && clearing.landing().bucket().equals(other.landing().bucket())) {
          refuse(clearing, other, problems);
        }
      }
    }
  }

  private static void refuse(Pipeline clearing, Pipeline other, List<String> problems) {
    String landing = other.landing().prefix();
    if (PipelineReader.overlap(clearing.landing().prefix(), landing)) {
      problems.add(
          "pipelines.%s.landing.after-success is not keep, and pipeline %s reads objects of the same landing prefix; keep them, or give each pipeline a prefix of its own"
              .formatted(clearing.name(), other.name()));
    }
    Optional<String> archive = clearing.landing().archivePrefix();
    if (archive.filter(prefix -> PipelineReader.overlap(prefix, landing)).isPresent()) {
      problems.add(
          "pipelines.%s.landing.archive-prefix is where objects of pipeline %s land; give it a prefix of its own"
              .formatted(clearing.name(), other.name()));
    }
  }
}
