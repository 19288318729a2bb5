package dev.onboard.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What the rooms of the runtime may know of each other. */
@AnalyzeClasses(packages = "dev.onboard.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.onboard.local";

  /** What every room may use. */
  private static final Set<String> FOUNDATIONS = Set.of("call", "clock", "store", "usage", "wire");

  /** What the foundations themselves may use. */
  private static final Map<String, Set<String>> BELOW =
      Map.of(
          "clock", Set.of(),
          "store", Set.of(),
          "usage", Set.of("clock", "store"),
          "call", Set.of("clock", "store", "usage"),
          "wire", Set.of("call"));

  @ArchTest
  static final ArchRule runtime_knowsNothingOfWhatItRuns =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.onboard.functions..",
                  "dev.onboard.schemas..",
                  "dev.onboard.console..",
                  "dev.onboard.cli.."));

  /** Services reach each other through the pipeline, as SDK clients; the root package assembles. */
  @ArchTest
  static final ArchRule rooms_useNoOtherRoomsClasses =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage(ROOT + ".(*)..")
          .should(useItsOwnRoomAndTheFoundationsAlone());

  @ArchTest
  static final ArchRule rooms_haveNoCycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule time_isTheClocksAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".clock")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethodWhere(sleepsOrMakesAClock());

  /** What runs around a function prints as the function does. */
  @ArchTest
  static final ArchRule standardStreams_areTheFunctionsHostsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".lambda.host")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    assertThat(classes)
        .allSatisfy(type ->
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                .as(type.getPackageName())
                .isTrue());
  }

  private static DescribedPredicate<JavaMethodCall> sleepsOrMakesAClock() {
    return DescribedPredicate.describe(
        "sleeps or makes a clock",
        call ->
            call.getTargetOwner().isEquivalentTo(Thread.class) && call.getName().equals("sleep")
                || call.getTargetOwner().isEquivalentTo(Clock.class)
                    && call.getName().startsWith("system"));
  }

  private static ArchCondition<JavaClass> useItsOwnRoomAndTheFoundationsAlone() {
    return new ArchCondition<>("use its own room and the foundations alone") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String room = room(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (target.getPackageName().startsWith(ROOT)) {
            String used = room(target);
            boolean allowed =
                used.equals(room) || BELOW.getOrDefault(room, FOUNDATIONS).contains(used);
            if (!allowed) {
              events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
          }
        }
      }
    };
  }

  /** The room's name; empty for the root package. */
  private static String room(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    return below.isEmpty() ? "" : below.substring(1).replaceFirst("\\..*", "");
  }
}
