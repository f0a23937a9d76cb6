package dev.slipway.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What crosses a process boundary needs JSON, YAML and its schemas, and nothing of ours. */
class ArchitectureTest {
    private static final String ROOT = "dev.slipway.contracts";

    private static final ArchRule ALLOWED =
            classes()
                    .that()
                    .resideInAPackage(ROOT + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify.annotations",
                            "com.fasterxml.jackson..",
                            "com.networknt.schema..",
                            "org.yaml.snakeyaml..",
                            "dev.slipway.contracts..")
                    .because("every program reads the contracts, so they bring nothing along");

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
