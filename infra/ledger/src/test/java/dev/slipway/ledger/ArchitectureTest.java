package dev.slipway.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Records and their moves know no store, the store behind them knows Cloud Storage alone. */
class ArchitectureTest {
    private static final String ROOT = "dev.slipway.ledger";
    private static final String PLANTED = ROOT + ".planted";

    private static ArchRule pure(String root) {
        return classes()
                .that()
                .resideInAPackage(root)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson.annotation",
                        "dev.slipway.contracts..",
                        root)
                .because("the rules of the ledger hold whatever it is kept in");
    }

    private static ArchRule store(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".google")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.google.api..",
                        "com.google.auth..",
                        "com.google.cloud..",
                        "dev.slipway.contracts..",
                        root,
                        root + ".google")
                .because("workers and the command share the ledger, and it brings no framework");
    }

    private static String broken(ArchRule rule) {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
        return rule.evaluate(planted).getFailureReport().toString();
    }

    @Test
    void bothAreKept() {
        JavaClasses ledger =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);

        pure(ROOT).check(ledger);
        store(ROOT).check(ledger);
    }

    @Test
    void aRuleThatSeesGoogleIsReported() {
        assertThat(broken(pure(PLANTED)))
                .contains("SeesGoogle", "NamesTheGooglePackage")
                .doesNotContain("KeepsToItself");
    }

    @Test
    void aStoreWithAnotherLibraryIsReported() {
        assertThat(broken(store(PLANTED)))
                .contains("NamesAnotherLibrary")
                .doesNotContain("google.Google");
    }
}
