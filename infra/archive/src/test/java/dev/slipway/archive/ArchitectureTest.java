package dev.slipway.archive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Archives are read and written without Google, Quarkus or anything else of ours. */
class ArchitectureTest {
    private static final String ROOT = "dev.slipway.archive";

    private static final ArchRule ALLOWED =
            classes()
                    .that()
                    .resideInAPackage(ROOT + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify.annotations",
                            "org.apache.commons.compress..",
                            "dev.slipway.archive..")
                    .because("the command and the worker read archives with the same code");

    @Test
    void isKept() {
        ALLOWED.check(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT));
    }

    @Test
    void reportsAnotherLibrary() {
        var planted = new ClassFileImporter().importPackages(ROOT + ".planted");

        assertThat(ALLOWED.evaluate(planted).getFailureReport().toString())
                .contains("NamesAnotherLibrary")
                .doesNotContain("KeepsToItself");
    }
}
