package dev.slipway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * The command knows the contracts, the ledger and archives, and no worker, no local cloud and no
 * framework.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.slipway.cli";

    private static final ArchRule ALLOWED =
            classes()
                    .that()
                    .resideInAPackage(ROOT + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify.annotations",
                            "picocli..",
                            "com.fasterxml.jackson..",
                            "com.google.api..",
                            "com.google.auth..",
                            "com.google.cloud..",
                            "com.google.iam..",
                            "com.google.logging..",
                            "com.google.protobuf..",
                            "com.google.pubsub..",
                            "io.grpc..",
                            "dev.slipway.contracts..",
                            "dev.slipway.ledger..",
                            "dev.slipway.archive..",
                            "dev.slipway.cli..")
                    .because("it starts the other programs and shares no code with them");

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
