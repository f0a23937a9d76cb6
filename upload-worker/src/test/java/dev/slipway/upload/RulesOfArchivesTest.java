package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.archive.Rule;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.verify.Refusals;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library that reads archives knows reasons by their names only. */
class RulesOfArchivesTest {
    @ParameterizedTest
    @EnumSource
    void everyOneHasItsReasonOnTheList(Rule rule) {
        assertThat(Refusals.ofArchive(rule.reason(), "no", null).outcome())
                .isEqualTo(Outcome.REJECTED);
    }
}
