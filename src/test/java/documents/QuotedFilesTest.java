package documents;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.request.ClusterRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import testing.Iris;
import testing.Resource;

/** docs/aws.md quotes the policies as they are, and accounts for every action of them. */
class QuotedFilesTest {

  private static final Path DOCUMENT = Path.of("docs/aws.md");
  private static final Path POLICIES = Path.of("deploy/aws");

  /** No policy, but the pattern of an EventBridge rule. */
  private static final Path EVENTS = Path.of("deploy/aws/events-rule.json");

  /** No policy, but a bucket's configuration of its notifications. */
  private static final Path NOTIFICATION = Path.of("deploy/aws/s3-events-notification.json");

  private static final Pattern QUOTE =
      Pattern.compile("<!-- (deploy/aws/\\S+) -->\\n```json\\n(.*?)```", Pattern.DOTALL);

  @Test
  void quotesAreTheFiles() throws IOException {
    List<MatchResult> quotes = QUOTE.matcher(Files.readString(DOCUMENT)).results().toList();

    assertThat(quotes).isNotEmpty();
    for (MatchResult quote : quotes) {
      assertThat(quote.group(2)).isEqualTo(Files.readString(Path.of(quote.group(1))));
    }
  }

  @Test
  void noDocumentHoldsTheMarksOfAMerge() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("INVARIANTS.md")));
    try (Stream<Path> files = Files.list(Path.of("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (Path document : documents) {
      assertThat(Files.readAllLines(document)).noneMatch(line -> line.matches("[<>]{7} .*"));
    }
  }

  @Test
  void everyPolicyIsSoundJsonAndMentioned() throws IOException {
    String document = Files.readString(DOCUMENT);
    try (Stream<Path> files = Files.list(POLICIES)) {
      for (Path file : files.toList()) {
        assertThat(document).contains("../" + file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        if (!Set.of(EVENTS, NOTIFICATION).contains(file)) {
          assertThat(json.path("Version").asText()).isEqualTo("2012-10-17");
        }
      }
    }
  }

  /** A rule that matches other names than those that the service gives would let nothing pass. */
  @Test
  void theRuleForEventsMatchesTheNamesOfOurClustersAndSteps() throws IOException {
    JsonNode names = new ObjectMapper().readTree(EVENTS.toFile()).at("/detail/name");
    JsonNode request = new ObjectMapper().readTree(Resource.text("cluster/iris.json"));

    assertThat(ClusterRequest.name("transient-pipelines", "iris", Iris.RUN, 1))
        .startsWith(names.at("/0/prefix").asText());
    assertThat(names.at("/1").asText()).isEqualTo(request.at("/Steps/0/Name").asText());
  }

  @Test
  void everyActionOfServiceAndNodesHasItsCallInATable() throws IOException {
    String tables =
        String.join(
            "\n",
            Files.readString(DOCUMENT).lines().filter(line -> line.startsWith("| `")).toList());
    for (String file :
        List.of(
            "service-policy.json",
            "emr-nodes-policy.json",
            "events-service-policy.json",
            "s3-events-service-policy.json",
            "retire-service-policy.json",
            "clear-landing-policy.json",
            "ingest-service-policy.json",
            "own-steps-service-policy.json")) {
      for (String action : actions(POLICIES.resolve(file))) {
        assertThat(tables).as(file).contains("`" + action + "`");
      }
    }
  }

  private static Set<String> actions(Path policy) throws IOException {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : new ObjectMapper().readTree(policy.toFile()).withArray("Statement")) {
      JsonNode action = statement.path("Action");
      if (action.isTextual()) {
        actions.add(action.asText());
      } else {
        action.forEach(one -> actions.add(one.asText()));
      }
    }
    return actions;
  }
}
