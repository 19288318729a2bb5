package dev.onboard.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The command line talks to AWS and to the local runtime alike: by SDK clients. */
@AnalyzeClasses(packages = "dev.onboard.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule runtime_isUsedToStartItAlone =
      noClasses()
          .that()
          .doNotHaveSimpleName("StartedRuntime")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.onboard.local..");

  @ArchTest
  static final ArchRule commandLine_knowsNoFunction =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.onboard.functions..", "dev.onboard.schemas.."));

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    assertThat(classes)
        .allSatisfy(
            type -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
