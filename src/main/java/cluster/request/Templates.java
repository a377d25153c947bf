package cluster.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * Makes the templates of a ladder: for each rung its file, if it has one, and the simple properties
 * for what the file leaves out.
 */
final class Templates {

  private static final String DEFAULT_RELEASE = "emr-7.13.0";
  private static final String DEFAULT_SERVICE_ROLE = "EMR_DefaultRole";
  private static final String DEFAULT_INSTANCE_PROFILE = "EMR_EC2_DefaultRole";

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
    Findings unread = new Findings();
    RunJobFlowRequest file = read(first, unread);
    refuseTwiceGiven(file);
    if (file.instances() == null) {
      refuseSpotForNoNode(first.property(), first.machines());
    }
    RunJobFlowRequest template = filled(file, first.machines());
    report(first, file, template, unread);
    List<RunJobFlowRequest> templates = new ArrayList<>(List.of(template));
    for (Rung rung : others) {
      templates.add(
          rung.request().isPresent()
              ? ofOwnFile(rung, template)
              : withOtherMachines(rung, file, template));
    }
    return new Ladder(templates, List.copyOf(problems));
  }

  private static RunJobFlowRequest read(Rung rung, Findings findings) {
    return rung.request()
        .map(file -> new RequestReader(findings).read(file.text()))
        .orElseGet(() -> RunJobFlowRequest.builder().build());
  }

  /** A rung that says in a file what it asks for, whatever the first one does. */
  private RunJobFlowRequest ofOwnFile(Rung rung, RunJobFlowRequest firstTemplate) {
    for (String name : rung.machines().written()) {
      problem(
          rung.property() + "." + name,
          "is set beside %s.request, which says everything of this rung; keep one"
              .formatted(rung.property()));
    }
    Findings unread = new Findings();
    RunJobFlowRequest file = read(rung, unread);
    if (file.instances() == null && unread.all().isEmpty()) {
      unread.add("Instances", "is missing; the file of a rung says which machines it asks for");
    }
    String logUri = firstTemplate.logUri();
    if (file.logUri() != null && !file.logUri().equals(logUri)) {
      unread.add(
          "LogUri",
          "is not that of the first rung, %s; a pipeline's logs are in one place, leave it out"
              .formatted(logUri));
    }
    RunJobFlowRequest template = filled(file.toBuilder().logUri(logUri).build(), first.machines());
    report(rung, file, template, unread);
    return template;
  }

  /** The first rung with other machines. */
  private RunJobFlowRequest withOtherMachines(
      Rung rung, RunJobFlowRequest firstFile, RunJobFlowRequest firstTemplate) {
    if (firstFile.instances() == null) {
      Machines machines = rung.machines().orElse(first.machines());
      if (!first.machines().wantSpotForNoNode()) {
        refuseSpotForNoNode(rung.property(), machines);
      }
      return filled(firstFile, machines);
    }
    rung.machines().written().stream()
        .filter(name -> !name.equals("subnet"))
        .forEach(
            name ->
                problem(
                    rung.property() + "." + name,
                    "cannot change the machines in %s; name a file for this rung too, as %s.request"
                        .formatted(fileName(first), rung.property())));
    return rung.machines()
        .subnet()
        .map(subnet -> in(subnet, firstTemplate.instances()))
        .map(instances -> firstTemplate.toBuilder().instances(instances).build())
        .orElse(firstTemplate);
  }

  private static JobFlowInstancesConfig in(String subnet, JobFlowInstancesConfig instances) {
    return instances.hasInstanceFleets()
        ? instances.toBuilder().ec2SubnetIds(subnet).build()
        : instances.toBuilder().ec2SubnetId(subnet).build();
  }

  private RunJobFlowRequest filled(RunJobFlowRequest file, Machines machines) {
    RunJobFlowRequest.Builder template = file.toBuilder();
    template.releaseLabel(or(file.releaseLabel(), simple.releaseLabel().orElse(DEFAULT_RELEASE)));
    template.serviceRole(or(file.serviceRole(), simple.serviceRole().orElse(DEFAULT_SERVICE_ROLE)));
    template.jobFlowRole(
        or(file.jobFlowRole(), simple.instanceProfile().orElse(DEFAULT_INSTANCE_PROFILE)));
    template.securityConfiguration(
        or(file.securityConfiguration(), simple.securityConfiguration().orElse(null)));
    template.logUri(or(file.logUri(), simple.logUri().orElse(simple.otherwiseLogUri())));
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

  private void refuseOurTags() {
    simple.tags().keySet().stream()
        .filter(key -> key.startsWith(ClusterRequest.OUR_TAGS))
        .forEach(
            key ->
                problem(
                    "cluster.tags.\"" + key + "\"",
                    "begins with '%s', by which the service knows its clusters; choose another key"
                        .formatted(ClusterRequest.OUR_TAGS)));
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
    simple
        .writtenByMember()
        .forEach(
            (member, property) -> {
              if (given.contains(member)) {
                twiceGiven(member, property);
              }
            });
    if (given.contains("Instances")) {
      first.machines().written().forEach(name -> twiceGiven("Instances", "cluster." + name));
    }
    file.tags().stream()
        .map(Tag::key)
        .filter(key -> key != null && simple.tags().containsKey(key))
        .forEach(key -> twiceGiven("Tags: " + key, "cluster.tags." + key));
  }

  private void twiceGiven(String member, String property) {
    problem(first, new Finding(member, "is also given by %s; keep one".formatted(property)));
  }

  /**
   * Checks a template and makes problems of what is found.
   *
   * @param file what the rung's own file said
   * @param unread what did not fit when it was read
   */
  private void report(
      Rung rung, RunJobFlowRequest file, RunJobFlowRequest template, Findings unread) {
    unread.all().forEach(finding -> problem(rung, finding));
    Findings findings = new Findings();
    RequestChecks.check(template, startDeadline, findings);
    RequestChecks.checkTags(file.tags(), findings);
    Set<String> given = RequestJson.of(file).keySet();
    findings.all().stream()
        .filter(finding -> unread.all().stream().noneMatch(finding::mayFollowFrom))
        .forEach(
            finding -> {
              String property = simple.writtenByMember().get(finding.topMember());
              if (property == null || given.contains(finding.topMember())) {
                problem(rung, finding);
              } else {
                problem(property, finding.text());
              }
            });
  }

  private void problem(Rung rung, Finding finding) {
    String path = finding.path().isEmpty() ? "" : finding.path() + " ";
    problem(
        rung.property() + ".request", "(%s): %s%s".formatted(fileName(rung), path, finding.text()));
  }

  private void problem(String property, String text) {
    problems.add(new Problem(property, text));
  }

  private static String fileName(Rung rung) {
    return rung.request().map(RequestFile::name).orElse("");
  }
}
