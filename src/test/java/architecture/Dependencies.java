package architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Who may know whom: for each package, everything that it may know, and nothing else. */
final class Dependencies {

  /** What a bean or a configuration interface says about itself. */
  private static final String[] INFRASTRUCTURE = {
    "jakarta..", "io.quarkus.runtime.annotations..", "io.smallrye.config.."
  };

  private static final String AWS_SDK = "software.amazon.awssdk..";
  private static final String EMR_MODEL = "software.amazon.awssdk.services.emr.model..";
  private static final String LOGGING = "org.jboss.logging..";
  private static final String[] CORE = {
    "batch",
    "run",
    "contract",
    "aws",
    "snowflake",
    "schedule",
    "landing",
    "ingest",
    "archive",
    "cluster",
    "curated",
    "staging",
    "warehouse",
    "store"
  };

  /** The rooms whose settings a pipeline has. */
  private static final String[] SETTINGS_OF = {
    "batch",
    "schedule",
    "contract",
    "landing",
    "ingest",
    "cluster",
    "curated",
    "staging",
    "warehouse"
  };

  private Dependencies() {}

  static Function<String, ArchRule> ofBatch() {
    return only("batch", own());
  }

  static Function<String, ArchRule> ofRun() {
    return only("run", own("batch", "contract"));
  }

  static Function<String, ArchRule> ofContract() {
    return only("contract", own(), "com.fasterxml.jackson..");
  }

  static Function<String, ArchRule> ofAws() {
    return only("aws", own(), with(AWS_SDK));
  }

  /** The sessions with Snowflake and their settings, as {@code aws} has the clients. */
  static Function<String, ArchRule> ofSnowflake() {
    return only(
        "snowflake",
        own(),
        with("javax.sql..", "javax.crypto..", "io.agroal.api..", "net.snowflake.client.api.."));
  }

  /** It also reads JSON: S3's events. */
  static Function<String, ArchRule> ofLanding() {
    return only(
        "landing",
        own("aws", "contract", "run", "batch"),
        with(AWS_SDK, "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."));
  }

  static Function<String, ArchRule> ofSchedule() {
    return only("schedule", own());
  }

  /** Clears what was loaded, as the settings of landing say. */
  static Function<String, ArchRule> ofArchive() {
    return only("archive", own("landing", "batch"), with(AWS_SDK));
  }

  /** Fetches a source by itself, or has a step of the cluster do it with a staged script. */
  static Function<String, ArchRule> ofIngest() {
    return only(
        "ingest", own("cluster.request", "curated", "staging", "run", "batch"), with(AWS_SDK));
  }

  /** What a cluster needs in S3. */
  static Function<String, ArchRule> ofStaging() {
    return only("staging", own("curated", "run"), with(AWS_SDK));
  }

  static Function<String, ArchRule> ofClock() {
    return only("clock", own(), with());
  }

  /**
   * As of {@code landing} and {@code cluster}: never each other. It also reads Parquet's footers.
   */
  static Function<String, ArchRule> ofCurated() {
    return only(
        "curated",
        own("aws", "contract", "run", "batch"),
        with(AWS_SDK, "org.apache.parquet.format.."));
  }

  /** It also reads JSON: users' requests, and EMR's events. */
  static Function<String, ArchRule> ofCluster() {
    return only(
        "cluster",
        own("aws", "contract", "run", "batch"),
        with(AWS_SDK, "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."));
  }

  static Function<String, ArchRule> ofWarehouse() {
    return only("warehouse", own("contract", "run"));
  }

  static Function<String, ArchRule> ofStore() {
    return only(
        "store",
        own("run", "batch", "schedule"),
        with(
            "javax.sql..",
            "io.quarkus.agroal..",
            "io.quarkus.flyway",
            "org.flywaydb.core",
            "com.fasterxml.jackson..",
            LOGGING));
  }

  /** The model: data of the rooms that a pipeline goes through. */
  static Function<String, ArchRule> ofPipeline() {
    return only("pipeline", own(SETTINGS_OF), with("io.quarkus.runtime.annotations"));
  }

  /** Reads the properties, checks them, and makes the model of them. */
  static Function<String, ArchRule> ofConfiguration() {
    List<String> known = new ArrayList<>(List.of(SETTINGS_OF));
    known.addAll(List.of("pipeline", "aws", "snowflake", "security"));
    return only(
        "configuration",
        known,
        with(
            "io.quarkus.runtime",
            "io.quarkus.runtime.configuration..",
            "org.eclipse.microprofile.config..",
            LOGGING));
  }

  static Function<String, ArchRule> ofFlow() {
    return only("flow", core("pipeline"), with(EMR_MODEL));
  }

  static Function<String, ArchRule> ofPolling() {
    return only("polling", core("pipeline", "flow", "inflight"), with(LOGGING));
  }

  static Function<String, ArchRule> ofInFlight() {
    return only("inflight", own("flow", "landing", "run", "batch"), with(LOGGING));
  }

  static Function<String, ArchRule> ofIntake() {
    return only("intake", core("pipeline", "flow", "inflight"), with(LOGGING));
  }

  /** What the routes call. */
  static Function<String, ArchRule> ofActions() {
    return only(
        "actions",
        core("pipeline", "clock", "flow", "polling", "inflight", "intake"),
        with(AWS_SDK, "net.snowflake.client.api..", LOGGING));
  }

  static Function<String, ArchRule> ofRoutes() {
    return only(
        "routes",
        core("pipeline", "clock", "flow", "polling", "inflight", "intake", "actions"),
        with(
            AWS_SDK,
            "javax.sql..",
            "org.apache.camel..",
            "org.eclipse.microprofile.health..",
            LOGGING));
  }

  /** What is no fault while the service stops. */
  static Function<String, ArchRule> ofShutdown() {
    return only(
        "shutdown", own(), with("io.quarkus.logging", "io.quarkus.runtime", "org.jboss.logging"));
  }

  static Function<String, ArchRule> ofApi() {
    List<String> known = new ArrayList<>(outside());
    known.addAll(List.of("intake", "clock", "security"));
    return only(
        "api",
        known,
        with(
            "com.fasterxml.jackson..",
            "io.quarkiverse.resteasy.problem..",
            "io.smallrye.mutiny..",
            "io.quarkus.smallrye.openapi",
            "org.eclipse.microprofile.openapi..",
            "org.jboss.jandex",
            "org.jboss.resteasy.reactive..",
            "io.smallrye.common.annotation..",
            LOGGING));
  }

  /** The pages show what the API offers, in the words of the model. */
  static Function<String, ArchRule> ofWeb() {
    return only(
        "web",
        own("api", "security", "flow", "store", "run", "batch", "contract", "pipeline"),
        with(
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..",
            "io.quarkiverse.resteasy.problem..",
            "io.quarkus.qute..",
            "io.smallrye.common.annotation..",
            "io.smallrye.mutiny..",
            "io.vertx..",
            "org.jboss.resteasy.reactive..",
            LOGGING));
  }

  /** Who may enter, and who has entered. */
  static Function<String, ArchRule> ofSecurity() {
    return only(
        "security",
        own(),
        with(
            "javax.crypto..",
            "javax.net.ssl..",
            "javax.security..",
            "io.netty.handler.codec.http..",
            "io.quarkus.oidc..",
            "io.quarkus.security..",
            "io.quarkus.vertx.http..",
            "io.smallrye.mutiny..",
            "io.vertx..",
            "org.eclipse.microprofile.jwt..",
            "org.wildfly.security.password..",
            LOGGING));
  }

  static Function<String, ArchRule> ofHealth() {
    return only(
        "health", outside(), with("org.eclipse.microprofile.health..", "io.smallrye.health.."));
  }

  /** Metrics also count the calls, which {@code aws} does, and what lands. */
  static Function<String, ArchRule> ofMetrics() {
    List<String> known = new ArrayList<>(outside());
    known.addAll(List.of("aws", "landing"));
    return only("metrics", known, with("io.micrometer.core..", "io.quarkus.runtime"));
  }

  /** What a job told of a run is in the contract's types. */
  private static List<String> outside() {
    return List.of("flow", "inflight", "store", "run", "batch", "contract", "schedule", "pipeline");
  }

  private static List<String> core(String... more) {
    List<String> known = new ArrayList<>(List.of(CORE));
    known.addAll(List.of(more));
    return known;
  }

  private static List<String> own(String... names) {
    return List.of(names);
  }

  private static String[] with(String... names) {
    List<String> all = new ArrayList<>(List.of(INFRASTRUCTURE));
    all.addAll(List.of(names));
    return all.toArray(String[]::new);
  }

  private static Function<String, ArchRule> only(
      String name, List<String> ours, String... foreign) {
    return root -> {
      List<String> known = new ArrayList<>(List.of(foreign));
      known.add("java..");
      known.add(root + name + "..");
      ours.forEach(other -> known.add(root + other + ".."));
      return classes()
          .that()
          .resideInAPackage(root + name + "..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(known.toArray(String[]::new));
    };
  }
}
