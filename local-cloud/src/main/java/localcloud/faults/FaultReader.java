package localcloud.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import localcloud.faults.OnCall.Kill;
import localcloud.faults.OnCall.Kill.When;
import localcloud.faults.OnCluster.SpotReclaim.LostStep;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads faults from JSON: {@link Fault#read}. */
final class FaultReader {
  private static final int LEAST_STATUS = 200;
  private static final int LAST_STATUS = 599;
  private static final int MOST_CALLS = 1_000_000;

  private FaultReader() {}

  static List<Fault> read(byte[] json) {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!node.isArray()) {
      return List.of(fault("fault", node));
    }
    List<Fault> faults = new ArrayList<>();
    for (JsonNode element : node) {
      faults.add(fault("faults[" + faults.size() + "]", element));
    }
    return faults;
  }

  private static Fault fault(String at, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(at + " is not a JSON object");
    }
    Members members = new Members(at, (ObjectNode) node);
    Service service = service(members);
    Optional<String> operation = members.optionalText("operation");
    Optional<Pattern> match = match(members);
    int skip = members.optionalWhole("skip", 0, MOST_CALLS).map(Math::toIntExact).orElse(0);
    int times = members.optionalWhole("times", 0, MOST_CALLS).map(Math::toIntExact).orElse(1);
    Kind kind = kind(members, service);
    if (kind.operation().isPresent() && !kind.operation().equals(operation.or(kind::operation))) {
      throw members.wrong(
          "operation",
          "is %s, but %s befalls %s"
              .formatted(operation.get(), kind.wireName(), kind.operation().get()));
    }
    Effect effect = effect(kind, service, members);
    members.end();
    return new Fault(service, operation, match, skip, times, effect, (ObjectNode) node);
  }

  private static Service service(Members members) {
    String name = members.text("service");
    return Service.named(name)
        .orElseThrow(() -> members.wrong("service", "is " + name + ", not EMR, S3 or Snowflake"));
  }

  private static Optional<Pattern> match(Members members) {
    return members
        .optionalText("match")
        .map(
            text -> {
              try {
                return Pattern.compile(text);
              } catch (PatternSyntaxException e) {
                throw members.wrong("match", "is no regular expression: " + e.getDescription());
              }
            });
  }

  private static Kind kind(Members members, Service service) {
    String name = members.text("does");
    return Kind.named(name)
        .filter(kind -> kind.isOf(service))
        .orElseThrow(
            () ->
                members.wrong(
                    "does",
                    "is %s, which %s cannot do; it can do %s"
                        .formatted(name, service.wireName(), kinds(service))));
  }

  private static String kinds(Service service) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.isOf(service))
        .map(Kind::wireName)
        .collect(Collectors.joining(", "));
  }

  private static Effect effect(Kind kind, Service service, Members members) {
    return switch (kind) {
      case KILL -> kill(members);
      case DELAY -> new OnCall.Delay(members.duration("delay"));
      case LOSE_REPLY -> new OnCall.LoseReply();
      case CUT -> new OnCall.Cut();
      case ERROR -> new OnCall.Refuse(error(members));
      case THROTTLE -> new OnCall.Refuse(service.throttled());
      case NO_CAPACITY ->
          new OnCluster.NoCapacity(
              Set.copyOf(members.texts("instanceTypes")), members.optionalDuration("delay"));
      case BOOTSTRAP_FAILURE ->
          new OnCluster.BootstrapFailure(
              members.optionalText("stderr").orElse(""),
              members.optionalDuration("delay").orElse(Duration.ZERO));
      case INTERNAL_ERROR -> new OnCluster.InternalFailure();
      case STEP_HANGS -> new OnCluster.StepHangs();
      case PLAIN_TERMINATED -> new OnCluster.PlainTerminated();
      case STEP_FAILS ->
          new OnCluster.StepFails(
              members.optionalText("message"),
              members.optionalText("stderr").orElse(""),
              members.optionalDuration("delay").orElse(Duration.ZERO));
      case STEP_SUCCEEDS ->
          new OnCluster.StepSucceeds(members.optionalDuration("takes").orElse(Duration.ZERO));
      case SPOT_RECLAIM ->
          new OnCluster.SpotReclaim(
              members.optionalDuration("delay").orElse(Duration.ZERO),
              members.optionalChoice("step", LostStep.class).orElse(LostStep.INTERRUPTED));
      case LATE_LOGS -> new OnCluster.LateLogs(members.duration("delay"));
      case SESSION_EXPIRED -> new SessionExpired(members.truth("gone"));
      case LOCKED -> new Locked();
      case SKIP_FILE -> new SkipFile();
      case SLOW_BODY -> new SlowBody(members.duration("delay"));
    };
  }

  private static Refused error(Members members) {
    return new Refused(
        Math.toIntExact(members.whole("status", LEAST_STATUS, LAST_STATUS)),
        members.text("code"),
        members.text("message"));
  }

  private static Kill kill(Members members) {
    long pid = members.whole("pid", 1, Integer.MAX_VALUE);
    ProcessHandle victim =
        ProcessHandle.of(pid)
            .orElseThrow(() -> members.wrong("pid", "is " + pid + ", and no such process runs"));
    if (victim.equals(ProcessHandle.current())) {
      throw members.wrong("pid", "is " + pid + ", the stand-in itself");
    }
    When when = members.choice("when", When.class);
    Optional<Duration> delay = members.optionalDuration("delay");
    if (delay.isPresent() && when != When.ANSWERED) {
      throw members.wrong("delay", "goes with \"when\":\"answered\" only");
    }
    return new Kill(victim, when, delay.orElse(Duration.ZERO));
  }
}
