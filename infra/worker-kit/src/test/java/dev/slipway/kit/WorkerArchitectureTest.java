package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each rule reports what was planted for it, and nothing else that stands beside it. */
class WorkerArchitectureTest {
    private static final String PLANTED = "dev.slipway.kit.planted";
    private static final WorkerArchitecture RULES = new WorkerArchitecture(PLANTED);
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);
    private static final Pattern CULPRIT =
            Pattern.compile("^\\w+ <" + Pattern.quote(PLANTED) + "[.a-z]*\\.([A-Z]\\w*)");

    /** The simple names of the classes that break the rule. */
    private static Set<String> breaking(ArchRule rule) {
        List<String> lines = rule.evaluate(CLASSES).getFailureReport().getDetails();
        Set<String> culprits = new TreeSet<>();
        lines.forEach(
                line ->
                        CULPRIT.matcher(line)
                                .results()
                                .map((MatchResult found) -> found.group(1))
                                .forEach(culprits::add));
        return culprits;
    }

    @Test
    void decideIsPure() {
        assertThat(breaking(RULES.decideIsPure()))
                .containsExactlyInAnyOrder("WritesALog", "ReadsAFile", "AsksTheLedger");
    }

    @Test
    void gatewaySpeaksTheWorkersWords() {
        assertThat(breaking(RULES.gatewaySpeaksTheWorkersWords())).containsExactly("SpeaksGoogle");
    }

    @Test
    void onlyGooglePackagesSeeGoogleAndNobodyNamesThem() {
        assertThat(breaking(RULES.theRootKnowsNoGoogle()))
                .containsExactlyInAnyOrder(
                        "NamesTheGooglePackage",
                        "NamesTheKitsGooglePackage",
                        "SeesGoogle",
                        "SpeaksGoogle");
    }

    @Test
    void timeAndChanceComeFromOutside() {
        assertThat(breaking(RULES.timeAndChanceComeFromOutside()))
                .containsExactlyInAnyOrder("LooksAtTheClock", "ThrowsDice", "UsesAllThatIsReal");
    }

    @Test
    void everyClockAndEveryChanceIsReported() {
        String report =
                RULES.timeAndChanceComeFromOutside()
                        .evaluate(CLASSES)
                        .getFailureReport()
                        .toString();

        WorkerArchitecture.REAL.forEach(
                (owner, names) ->
                        names.forEach(
                                name -> assertThat(report).contains(owner + "." + name + "(")));
    }

    @Test
    void fewKeepTime() {
        assertThat(breaking(RULES.fewKeepTime()))
                .containsExactlyInAnyOrder("HoldsAClock", "UsesAllThatIsReal");
    }

    @Test
    void theKitItselfHasNoOtherClocks() {
        new WorkerArchitecture("dev.slipway.kit")
                .fewKeepTime()
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("dev.slipway.kit"));
    }

    @Test
    void theKitItselfKeepsGoogleInItsPlace() {
        new WorkerArchitecture("dev.slipway.kit")
                .theRootKnowsNoGoogle()
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("dev.slipway.kit"));
    }

    @Test
    void noPackageGoesRound() {
        assertThat(RULES.noCycles().evaluate(CLASSES).getFailureReport().toString())
                .contains("Cycle detected", "GoesRound", "MeetsItself");
    }

    @Test
    void aWorkerWithoutAPlaceIsToldSo() {
        assertThatThrownBy(() -> new WorkerArchitecture("dev.slipway.contracts").check())
                .hasMessageContaining("failed to check any classes");
    }

    @Test
    void aWorkerThatIsYetToBeWrittenBreaksNothing() {
        assertThatCode(() -> new WorkerArchitecture("dev.slipway.nowhere").check())
                .doesNotThrowAnyException();
    }
}
