package dev.onboard.functions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** What functions may know. */
@AnalyzeClasses(packages = "dev.onboard.functions", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule functions_knowTheSchemasAlone =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.onboard..")
                  .and(
                      not(resideInAnyPackage("dev.onboard.functions..", "dev.onboard.schemas.."))));

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.onboard.functions.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule time_isGiven =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    assertThat(classes)
        .allSatisfy(type ->
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                .as(type.getPackageName())
                .isTrue());
  }
}
