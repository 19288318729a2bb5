package dev.onboard.check;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Checks read files: they know neither AWS's SDK nor anything of Onboard. */
@AnalyzeClasses(packages = "dev.onboard.check", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule checks_knowFilesAndPatternsAlone =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  "com.fasterxml.jackson..",
                  "org.snakeyaml.engine..",
                  "org.jspecify..",
                  "dev.onboard.patterns..",
                  "dev.onboard.check.."));

  @ArchTest
  static final ArchRule packages_dependInOneDirection =
      slices().matching("dev.onboard.check.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    assertThat(classes)
        .allSatisfy(
            type -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).isTrue());
  }
}
