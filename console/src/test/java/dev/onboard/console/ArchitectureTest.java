package dev.onboard.console;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** The console sees the stack through SDK clients and questions, and nothing else. */
@AnalyzeClasses(packages = "dev.onboard.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String TEMPLATES = "dev.onboard.console.jte";
  private static final String WEB = "dev.onboard.console.web";
  private static final String GRAPH = "dev.onboard.console.graph";
  private static final String STACK = "dev.onboard.console.stack";
  private static final String NAMES = "dev.onboard.console.names";
  private static final String TRAIL = "dev.onboard.console.trail";
  private static final String BUS = "dev.onboard.console.bus";
  private static final String SCHEMA = "dev.onboard.console.schema";
  private static final String LINK = "dev.onboard.console.link";

  @ArchTest
  static final ArchRule console_knowsNeitherRuntimeNorCommandLineNorFunctions =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.onboard.local..",
                  "dev.onboard.cli..",
                  "dev.onboard.functions..",
                  "dev.onboard.schemas..",
                  "dev.onboard.check.."));

  /** Subjects lead to each other by links alone; what they share knows none of them. */
  @ArchTest
  static final ArchRule subjects_useWhatIsSharedAndNoOtherSubject =
      slices()
          .matching("dev.onboard.console.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              alwaysTrue(), resideInAnyPackage(WEB, GRAPH, NAMES, STACK, TRAIL, BUS, SCHEMA, LINK))
          .ignoreDependency(resideInAPackage(TEMPLATES + ".."), alwaysTrue());

  @ArchTest
  static final ArchRule web_knowsNothingElseOfTheConsole =
      noClasses()
          .that()
          .resideInAPackage(WEB)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.onboard.console..").and(not(resideInAPackage(WEB))));

  @ArchTest
  static final ArchRule graphs_knowNothingElseOfTheConsole =
      noClasses()
          .that()
          .resideInAPackage(GRAPH)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.onboard.console..").and(not(resideInAPackage(GRAPH))));

  /** What is told and reckoned is for the command line too. */
  @ArchTest
  static final ArchRule engines_knowNothingOfPages =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.onboard.console.story", "dev.onboard.console.cost", STACK, TRAIL, BUS, SCHEMA)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(WEB, "..page", "gg.jte..")
                  .and(not(belongToAnyOf(Questions.class, Sdk.class, Figures.class))));

  /** The runtime's clock may have been moved; what time it is, the question "health" answers. */
  @ArchTest
  static final ArchRule time_isTheRuntimes =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule standardStreams_areNotUsed = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    assertThat(classes)
        .filteredOn(type -> !isTemplate(type))
        .allSatisfy(type ->
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                .as(type.getPackageName())
                .isTrue());
  }

  private static boolean isTemplate(JavaClass type) {
    return type.getPackageName().startsWith(TEMPLATES);
  }
}
