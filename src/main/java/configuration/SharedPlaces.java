package configuration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import landing.AfterSuccess;
import pipeline.Pipeline;

/**
 * What pipelines may not share. Two that write to one place, or register one table, would mix their
 * rows. They may land from one prefix as long as each leaves the objects there: none may archive or
 * delete what another has yet to read, nor archive to where another's objects land.
 */
record SharedPlaces(Map<String, Pipeline> pipelines, List<String> problems) {

  /** Adds a problem for each pipeline that shares what it may not. */
  void refuse() {
    Map<String, String> owners = new TreeMap<>();
    for (Pipeline pipeline : pipelines.values()) {
      own("warehouse.table " + pipeline.tableName(), pipeline.name(), owners);
      own("curated.prefix " + pipeline.curatedUri(), pipeline.name(), owners);
    }
    for (Pipeline clearing : pipelines.values()) {
      pipelines.values().stream()
          .filter(other -> !clearing.name().equals(other.name()))
          .filter(other -> clearing.landing().bucket().equals(other.landing().bucket()))
          .filter(other -> clearing.landing().afterSuccess() != AfterSuccess.KEEP)
          .forEach(other -> refuseClearing(clearing, other));
    }
  }

  private void own(String owned, String name, Map<String, String> owners) {
    String other = owned.contains(PipelineReader.NOT_SET) ? null : owners.putIfAbsent(owned, name);
    if (other != null) {
      problems.add(
          "pipelines.%s.%s is also that of pipeline %s; give each its own"
              .formatted(name, owned, other));
    }
  }

  private void refuseClearing(Pipeline clearing, Pipeline other) {
    String landing = other.landing().prefix();
    if (PipelineReader.overlap(clearing.landing().prefix(), landing)) {
      problems.add(
          "pipelines.%s.landing.after-success is not keep, and pipeline %s reads objects of the same landing prefix; keep them, or give each pipeline a prefix of its own"
              .formatted(clearing.name(), other.name()));
    }
    clearing
        .landing()
        .archivePrefix()
        .filter(prefix -> PipelineReader.overlap(prefix, landing))
        .ifPresent(
            prefix ->
                problems.add(
                    "pipelines.%s.landing.archive-prefix is where objects of pipeline %s land; give it a prefix of its own"
                        .formatted(clearing.name(), other.name())));
  }
}
