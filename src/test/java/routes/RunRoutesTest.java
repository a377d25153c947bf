package routes;

import static org.assertj.core.api.Assertions.assertThat;

import actions.Made;
import flow.Action;
import flow.Adoption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunId;
import testing.Iris;

/** Which action is done where: each of them somewhere, and by one route. */
class RunRoutesTest {

  /** What the dispatcher hands over by the batch, never hands over, and what housekeeping does. */
  private static final Set<Class<?>> ELSEWHERE =
      Set.of(Action.Terminate.class, Action.Wait.class, Action.Retire.class);

  private static final String STORE = "the store";

  private final Attempt attempt = Iris.launched();
  private final OpenRun open = new OpenRun(Iris.run(), List.of(attempt));
  private final OpenRun started =
      new OpenRun(
          Run.started(
              RunId.create(Iris.NOON, 7),
              "iris",
              batch.Fetcher.SERVICE,
              Iris.NOON,
              run.Start.byHand()),
          List.of());
  private final Outcome failed =
      Outcome.failed(new Failure(FailureKind.TIMEOUT, "late", "wait longer"));

  private final Map<Action, List<String>> places =
      Map.ofEntries(
          Map.entry(new Action.Fetch(started), List.of("fetch-source")),
          Map.entry(new Action.WriteManifest(open), List.of("write-manifest")),
          Map.entry(
              new Action.Adopt(open, attempt, new Adoption("j-1", List.of())),
              List.of("adopt-cluster")),
          Map.entry(new Action.Launch(open, attempt), List.of("launch-cluster")),
          Map.entry(new Action.Judge(open, attempt), List.of("judge-attempt")),
          Map.entry(new Action.Load(open, attempt), List.of("load-table")),
          Map.entry(new Action.Discard(open, attempt), List.of("discard-output")),
          Map.entry(new Action.Close(open, failed), List.of(STORE)),
          Map.entry(new Action.Close(started, failed), List.of("end-fetch", STORE)),
          Map.entry(new Action.DeclareEmpty(open), List.of(STORE)),
          Map.entry(new Action.Begin(open, 0), List.of(STORE)),
          Map.entry(
              new Action.Fail(open, attempt, new Failure(FailureKind.DATA, "bad", "mend")),
              List.of(STORE)),
          Map.entry(new Action.Decide(open, failed), List.of(STORE)),
          Map.entry(new Action.EndAttempt(open, attempt), List.of(STORE)));

  @Test
  void every_action_is_done_in_one_place() throws Exception {
    assertThat(places.keySet().stream().<Class<?>>map(Action::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            kinds(Action.class).filter(kind -> !ELSEWHERE.contains(kind)).toList());

    List<String> done = new ArrayList<>();
    List<Action> recorded = new ArrayList<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.addRoutesConfigurations(new ErrorHandling());
      camel.addRoutes(
          new RunRoutes(null, null, null, Made.recorded(recorded)) {
            @Override
            public void configure() {
              doAction();
            }
          });
      camel.addRoutes(places(done));
      camel.start();
      places.forEach(
          (action, expected) -> {
            done.clear();
            recorded.clear();
            camel
                .createFluentProducerTemplate()
                .withBody(action)
                .withVariable(RunExchange.ACTION, action)
                .to("direct:do-action")
                .send();
            recorded.forEach(one -> done.add(STORE));
            assertThat(done).as(action.getClass().getSimpleName()).isEqualTo(expected);
          });
    }
  }

  private RouteBuilder places(List<String> done) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        places.values().stream()
            .flatMap(List::stream)
            .distinct()
            .filter(place -> !place.equals(STORE))
            .forEach(place -> from("direct:" + place).process(exchange -> done.add(place)));
      }
    };
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(RunRoutesTest::kinds)
        : Stream.of(sealed);
  }
}
