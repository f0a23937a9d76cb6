package dev.slipway.contracts.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static Problem at(int line, String field, String message) {
        return new Problem(line, 1, field, "something", message);
    }

    @Test
    void makesASentenceOfWhatIsWrongWithAnArchive() {
        Verdict verdict = Refusals.ofArchive("ARCHIVE_UNSAFE", "a name holds '..'", "../evil.js");

        assertThat(verdict.reason()).isEqualTo(Reason.ARCHIVE_UNSAFE);
        assertThat(verdict.message()).isEqualTo("A name holds '..'.");
        assertThat(verdict.entry()).isEqualTo("../evil.js");
    }

    @Test
    void knowsNoReasonThatIsNotOnTheList() {
        assertThatThrownBy(() -> Refusals.ofArchive("ARCHIVE_UGLY", "ugly", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheSizeThatIsAllowed() {
        assertThat(Refusals.ofSize(12, 10).message())
                .isEqualTo("The archive has 12 bytes, at most 10 are allowed.");
    }

    @Test
    void namesEveryProblemOfAManifestAndThePlaceOfTheFirst() {
        Verdict verdict =
                Refusals.ofManifest(
                        List.of(at(2, "functon", "not known"), at(4, "cpu", "did you mean this?")));

        assertThat(verdict.message())
                .isEqualTo(
                        "slipway.yaml: line 2, column 1: not known; line 4, column 1: did you mean"
                                + " this?");
        assertThat(verdict.line()).isEqualTo(2);
        assertThat(verdict.field()).isEqualTo("functon");
    }

    @Test
    void namesTheManifestWhereItIsWrongAsAWhole() {
        assertThat(Refusals.ofManifest(List.of(at(1, "", "no YAML"))).field())
                .isEqualTo("slipway.yaml");
    }
}
