package architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.SdkClient;

/** What holds beyond the dependencies of one package. */
final class Habits {

  private static final List<String> PACKAGES =
      List.of(
          "actions",
          "api",
          "archive",
          "aws",
          "batch",
          "clock",
          "cluster",
          "configuration",
          "contract",
          "curated",
          "flow",
          "health",
          "inflight",
          "ingest",
          "intake",
          "landing",
          "metrics",
          "nativeimage",
          "pipeline",
          "polling",
          "routes",
          "run",
          "schedule",
          "security",
          "shutdown",
          "snowflake",
          "staging",
          "store",
          "warehouse",
          "web");

  private static final String[] IO = {
    "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax.sql.."
  };

  private Habits() {}

  static ArchRule everyClassIsInAPackageOfTheDesign(String root) {
    return classes().should().resideInAnyPackage(below(root, PACKAGES));
  }

  static ArchRule nobodyKnowsTheShell(String root, String shell) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + shell + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + shell + "..");
  }

  /** What the API offers is also what the pages show. */
  static ArchRule onlyThePagesKnowTheApi(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(below(root, List.of("api", "web")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + "api..");
  }

  static ArchRule onlyTheShellKnowsSecurity(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(below(root, List.of("security", "api", "web", "configuration")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + "security..");
  }

  static ArchRule onlyRoutesKnowCamel(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + "routes..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..");
  }

  static ArchRule nobodyKnowsTheOtherModules(String root) {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root + "localcloud..", root + "sparkjob..");
  }

  /** No file, socket or database, no client of the SDK, and no class of ours that holds one. */
  static ArchRule doesNoIo(String root, String name) {
    return noClasses()
        .that()
        .resideInAPackage(root + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(IO)
                .or(JavaClass.Predicates.assignableTo(SdkClient.class))
                .or(holdsAConnection()));
  }

  static ArchRule pipelineKnowsOnlyWhatIsDataOfTheLeaves(String root) {
    DescribedPredicate<JavaClass> data =
        DescribedPredicate.describe(
            "are neither records nor enums",
            type -> !type.isRecord() && !type.isEnum() && !standsForRecords(type));
    return noClasses()
        .that()
        .resideInAPackage(root + "pipeline..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    below(
                        root,
                        List.of(
                            "aws",
                            "landing",
                            "ingest",
                            "cluster",
                            "curated",
                            "staging",
                            "warehouse",
                            "web")))
                .and(data));
  }

  /** An interface that nothing but records implements. */
  private static boolean standsForRecords(JavaClass type) {
    return type.isInterface()
        && !type.getAllSubclasses().isEmpty()
        && type.getAllSubclasses().stream().allMatch(JavaClass::isRecord);
  }

  static ArchRule metricsKnowOnlyTheCallsOfAws(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "metrics..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(root + "aws..")
                .and(
                    DescribedPredicate.describe(
                        "are not ApiCalls",
                        type -> !type.getName().startsWith(root + "aws.ApiCalls"))));
  }

  /** No field that changes, nor one whose object does. */
  static ArchRule flowKeepsNoState(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "flow..")
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(resideInAnyPackage("java.util.concurrent.."));
  }

  static ArchRule packagesHaveNoCycle(String root) {
    return slices().matching(root + "(*)..").should().beFreeOfCycles();
  }

  static ArchRule nobodySleeps(String root) {
    return classes()
        .should(
            neverCall(
                "Thread.sleep",
                target -> target.getOwner().isEquivalentTo(Thread.class) && is(target, "sleep")));
  }

  static ArchRule nobodyExits(String root) {
    return classes()
        .that()
        .doNotHaveFullyQualifiedName(root + "shutdown.LastResort")
        .should(
            neverCall(
                "System.exit or Runtime.halt",
                target ->
                    (target.getOwner().isEquivalentTo(System.class)
                            || target.getOwner().isEquivalentTo(Runtime.class))
                        && (is(target, "exit") || is(target, "halt"))));
  }

  static ArchRule timeIsInjected(String root) {
    return classes()
        .that()
        .doNotHaveFullyQualifiedName(root + "clock.SystemClock")
        .should(neverCall("the system's clock", Habits::readsTheSystemClock));
  }

  static ArchRule configurationIsTyped(String root) {
    return noClasses().should().dependOnClassesThat().areAssignableTo(ConfigProperty.class);
  }

  private static boolean readsTheSystemClock(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    boolean now =
        owner.startsWith("java.time.")
            && is(target, "now")
            && target.getRawParameterTypes().stream()
                .noneMatch(type -> type.isEquivalentTo(Clock.class));
    boolean clock =
        target.getOwner().isEquivalentTo(Clock.class)
            && (target.getName().startsWith("system") || target.getName().startsWith("tick"));
    boolean millis =
        target.getOwner().isEquivalentTo(System.class) && is(target, "currentTimeMillis");
    boolean date =
        target.getOwner().isEquivalentTo(Date.class)
            && is(target, "<init>")
            && target.getRawParameterTypes().isEmpty();
    return now || clock || millis || date;
  }

  private static boolean is(CodeUnitAccessTarget target, String name) {
    return target.getName().equals(name);
  }

  private static DescribedPredicate<JavaClass> holdsAConnection() {
    return DescribedPredicate.describe(
        "hold a client or a data source",
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .anyMatch(
                    known ->
                        known.isAssignableTo(SdkClient.class)
                            || known.getPackageName().equals("javax.sql")));
  }

  /** Sees method references too, which ArchUnit does not take for calls. */
  private static ArchCondition<JavaClass> neverCall(
      String what, Predicate<CodeUnitAccessTarget> forbidden) {
    return new ArchCondition<>("never call " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnitAccessesFromSelf().stream()
            .filter(access -> forbidden.test(access.getTarget()))
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.violated(access, access.getDescription())));
      }
    };
  }

  private static String[] below(String root, List<String> names) {
    return names.stream().map(name -> root + name + "..").toArray(String[]::new);
  }
}
