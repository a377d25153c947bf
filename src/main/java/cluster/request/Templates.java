package cluster.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * Makes the templates of a ladder: for each rung its file, if it has one, and the simple properties
 * for what the file leaves out.
 */
final class Templates {

  private final SimpleSettings simple;
  private final Rung first;
  private final List<Rung> others;
  private final Duration startDeadline;
  private final Set<Problem> problems = new LinkedHashSet<>();

  Templates(SimpleSettings simple, List<Rung> rungs, Duration startDeadline) {
    this.simple = simple;
    this.first = rungs.get(0);
    this.others = rungs.subList(1, rungs.size());
    this.startDeadline = startDeadline;
  }

  Ladder ladder() {
    refuseOurTags();
    refuseLogUri();
    RunJobFlowRequest file = read(first);
    refuseTwiceGiven(file);
    if (file.instances() == null) {
      refuseSpotForNoNode(first.property(), first.machines());
    }
    Template template = template(first, file, filled(file, first.machines()));
    List<Template> templates = new ArrayList<>(List.of(template));
    for (Rung rung : others) {
      templates.add(
          rung.request().isPresent()
              ? ofOwnFile(rung, template.request())
              : withOtherMachines(rung, file, template.request()));
    }
    return new Ladder(templates, List.copyOf(problems));
  }

  /** What the rung's file says, as far as it fits; all that is wrong with it becomes problems. */
  private RunJobFlowRequest read(Rung rung) {
    if (rung.request().isEmpty()) {
      return RunJobFlowRequest.builder().build();
    }
    List<String> unfit = new ArrayList<>();
    RunJobFlowRequest file = new RequestReader(unfit).read(rung.request().get().text());
    if (!rung.equals(first) && file.instances() == null && unfit.isEmpty()) {
      unfit.add("Instances is missing; the file of a rung says which machines it asks for");
    }
    unfit.addAll(RequestChecks.check(file, startDeadline));
    unfit.forEach(problem -> ofFile(rung, problem));
    return file;
  }

  /** A rung that says in a file what it asks for, whatever the first one does. */
  private Template ofOwnFile(Rung rung, RunJobFlowRequest firstRequest) {
    for (String name : rung.machines().written()) {
      problem(
          rung.property() + "." + name,
          "is set beside %s.request, which says everything of this rung; keep one"
              .formatted(rung.property()));
    }
    RunJobFlowRequest file = read(rung);
    String logUri = firstRequest.logUri();
    if (file.logUri() != null && !file.logUri().equals(logUri)) {
      ofFile(
          rung,
          "LogUri is not that of the first rung, %s; a pipeline's logs are in one place, leave it out"
              .formatted(logUri));
    }
    return template(rung, file, filled(file.toBuilder().logUri(logUri).build(), first.machines()));
  }

  /** The first rung with other machines. */
  private Template withOtherMachines(
      Rung rung, RunJobFlowRequest firstFile, RunJobFlowRequest firstRequest) {
    if (firstFile.instances() == null) {
      Machines machines = rung.machines().orElse(first.machines());
      if (!first.machines().wantSpotForNoNode()) {
        refuseSpotForNoNode(rung.property(), machines);
      }
      return template(rung, firstFile, filled(firstFile, machines));
    }
    rung.machines().written().stream()
        .filter(name -> !name.equals("subnet"))
        .forEach(
            name ->
                problem(
                    rung.property() + "." + name,
                    "cannot change the machines in %s; name a file for this rung too, as %s.request"
                        .formatted(
                            first.request().map(RequestFile::name).orElseThrow(),
                            rung.property())));
    return template(
        rung,
        firstFile,
        rung.machines()
            .subnet()
            .map(subnet -> in(subnet, firstRequest.instances()))
            .map(instances -> firstRequest.toBuilder().instances(instances).build())
            .orElse(firstRequest));
  }

  private static JobFlowInstancesConfig in(String subnet, JobFlowInstancesConfig instances) {
    return instances.hasInstanceFleets()
        ? instances.toBuilder().ec2SubnetIds(subnet).build()
        : instances.toBuilder().ec2SubnetId(subnet).build();
  }

  private RunJobFlowRequest filled(RunJobFlowRequest file, Machines machines) {
    RunJobFlowRequest.Builder template = file.toBuilder();
    template.releaseLabel(or(file.releaseLabel(), simple.value("ReleaseLabel")));
    template.serviceRole(or(file.serviceRole(), simple.value("ServiceRole")));
    template.jobFlowRole(or(file.jobFlowRole(), simple.value("JobFlowRole")));
    template.securityConfiguration(
        or(file.securityConfiguration(), simple.value("SecurityConfiguration")));
    template.logUri(or(file.logUri(), simple.value(SimpleSettings.LOG_URI)));
    template.visibleToAllUsers(or(file.visibleToAllUsers(), true));
    template.instances(or(file.instances(), machines.instances()));
    if (!file.hasApplications()) {
      template.applications(Application.builder().name("Spark").build());
    }
    List<Tag> tags = tags(file.tags());
    return tags.isEmpty() ? template.build() : template.tags(tags).build();
  }

  private List<Tag> tags(List<Tag> ofFile) {
    Set<String> keys = ofFile.stream().map(Tag::key).collect(Collectors.toSet());
    List<Tag> tags = new ArrayList<>(ofFile);
    simple.tags().entrySet().stream()
        .filter(tag -> !keys.contains(tag.getKey()))
        .forEach(tag -> tags.add(ClusterRequest.tag(tag.getKey(), tag.getValue())));
    return tags;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /**
   * The request with the properties that it comes from.
   *
   * @param file what the rung's file says, or the first one's where it has none
   */
  private Template template(Rung rung, RunJobFlowRequest file, RunJobFlowRequest request) {
    Map<String, Object> ofFile = RequestJson.of(file);
    Map<String, Object> asked = RequestJson.of(request);
    Map<String, String> values = new LinkedHashMap<>();
    SimpleSettings.PROPERTIES.forEach(
        (member, property) -> {
          String value = simple.value(member);
          if (value != null && value.equals(asked.get(member)) && !ofFile.containsKey(member)) {
            values.put(property, value);
          }
        });
    Machines own = rung.machines();
    if (file.instances() == null) {
      own.orElse(first.machines())
          .values()
          .forEach(
              (name, value) ->
                  values.put(
                      (own.written().contains(name) ? rung : first).property() + "." + name,
                      value));
    } else {
      own.subnet().ifPresent(subnet -> values.put(rung.property() + ".subnet", subnet));
    }
    return new Template(request, values, properties(rung).toList());
  }

  private Stream<String> properties(Rung rung) {
    return rung.request()
        .map(
            file ->
                Stream.of("%s.request (%s)".formatted(rung.property(), file.name()), "cluster.*"))
        .orElseGet(
            () ->
                rung.equals(first)
                    ? Stream.of("cluster.*")
                    : Stream.concat(Stream.of(rung.property() + ".*"), properties(first)));
  }

  private void refuseOurTags() {
    simple.tags().keySet().stream()
        .filter(key -> key.startsWith(ClusterRequest.OUR_TAGS))
        .forEach(key -> problem("cluster.tags.\"" + key + "\"", RequestChecks.TAG_IS_OURS));
  }

  private void refuseLogUri() {
    String written = simple.members().get(SimpleSettings.LOG_URI);
    if (written != null && !RequestChecks.isLogUri(written)) {
      problem("cluster.log-uri", "is '%s'; write s3://bucket/prefix/".formatted(written));
    }
  }

  private void refuseSpotForNoNode(String property, Machines machines) {
    if (machines.wantSpotForNoNode()) {
      problem(
          property + ".market",
          "is spot, but only core nodes are bought so and there is none; set core-count to 1 or more");
    }
  }

  /** A setting in both places is refused, because it would be unclear which one counts. */
  private void refuseTwiceGiven(RunJobFlowRequest file) {
    Set<String> given = RequestJson.of(file).keySet();
    simple.members().keySet().stream()
        .filter(given::contains)
        .forEach(member -> twiceGiven(member, SimpleSettings.PROPERTIES.get(member)));
    if (given.contains("Instances")) {
      first.machines().written().forEach(name -> twiceGiven("Instances", "cluster." + name));
    }
    file.tags().stream()
        .map(Tag::key)
        .filter(key -> key != null && simple.tags().containsKey(key))
        .forEach(key -> twiceGiven("Tags: " + key, "cluster.tags." + key));
  }

  private void twiceGiven(String member, String property) {
    ofFile(first, "%s is also given by %s; keep one".formatted(member, property));
  }

  private void ofFile(Rung rung, String problem) {
    problem(rung.property() + ".request", rung.request().orElseThrow().problem(problem));
  }

  private void problem(String property, String text) {
    problems.add(new Problem(property, text));
  }
}
