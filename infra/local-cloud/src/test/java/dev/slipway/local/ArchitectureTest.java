package dev.slipway.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Google's APIs know the contracts, nothing of the programs that use them, and not each other. */
class ArchitectureTest {
    private static final String ROOT = "dev.slipway.local";
    private static final String PLANTED = ROOT + ".planted";

    private static final ArchRule ALLOWED =
            classes()
                    .that()
                    .resideInAPackage(ROOT + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify.annotations",
                            "org.slf4j..",
                            "com.fasterxml.jackson..",
                            "com.google..",
                            "com.linecorp.armeria..",
                            "io.grpc..",
                            "io.netty..",
                            "org.apache.commons.compress..",
                            "org.h2.mvstore..",
                            "dev.slipway.contracts..",
                            ROOT + "..")
                    .because("what it imitates must not know who is tried on it");

    private static ArchRule apart(String root) {
        return slices().matching(root + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".identity"))
                .because("an API reaches another one through the seams of the root package");
    }

    @Test
    void bothAreKept() {
        JavaClasses all =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);

        ALLOWED.check(all);
        apart(ROOT).check(all);
    }

    private static String broken(ArchRule rule) {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
        return rule.evaluate(planted).getFailureReport().toString();
    }

    @Test
    void anApiThatKnowsItsUsersIsReported() {
        assertThat(broken(ALLOWED)).contains("NamesAnotherModule").doesNotContain("KeepsToItself");
    }

    @Test
    void anApiThatReachesIntoAnotherIsReported() {
        assertThat(broken(apart(PLANTED)))
                .contains("NamesAnotherApi")
                .doesNotContain("NamesAnotherModule");
    }
}
