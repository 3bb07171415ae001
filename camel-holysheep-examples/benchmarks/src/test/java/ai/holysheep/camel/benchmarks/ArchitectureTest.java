package ai.holysheep.camel.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String BASE = "ai.holysheep.camel.benchmarks";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void waysKnowNothingOfWhatIsMadeOfTheirFigures() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + ".ways..", BASE + ".reading..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".load..", BASE + ".report..", BASE + ".scaling..")
        .check(CLASSES);
  }
}
