package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.upload.decide.StagingChoice.Create;
import dev.slipway.upload.decide.StagingChoice.Listed;
import dev.slipway.upload.decide.StagingChoice.Refuse;
import dev.slipway.upload.decide.StagingChoice.Use;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagingChoiceTest {
    private static final String KEY = "the-key";
    private static final StagingPlan RUN = new StagingPlan("run", "r", "o", null);
    private static final StagingPlan FUNCTIONS = new StagingPlan("fun", "r", "o", "keyed-r-");

    private static Listed bucket(String name, @Nullable String key) {
        return new Listed(name, key, false);
    }

    private static StagingChoice choice(
            StagingPlan plan, @Nullable String key, @Nullable String named, Listed... listed) {
        return StagingChoice.of(plan, new OperatorStaging(key, named), List.of(listed));
    }

    @Test
    void followsGooglesPathWhereTheOperatorSaysNothing() {
        assertThat(choice(RUN, null, null)).isEqualTo(new Create("run"));
        assertThat(choice(RUN, null, null, bucket("run-2", null))).isEqualTo(new Create("run"));
        assertThat(choice(FUNCTIONS, null, null, bucket("fun", null))).isEqualTo(new Use("fun"));
        assertThat(choice(FUNCTIONS, null, null, new Listed("fun", null, true)))
                .isInstanceOf(Refuse.class);
    }

    @Test
    void withoutAKeyTheOperatorsBucketIsTakenAsItIs() {
        assertThat(choice(RUN, null, "own", bucket("own", "any"))).isEqualTo(new Use("own"));
        assertThat(choice(FUNCTIONS, null, "own", bucket("own", null))).isEqualTo(new Use("own"));
        assertThat(choice(FUNCTIONS, null, "own", bucket("fun", null)))
                .isEqualTo(
                        new Refuse(
                                "use the staging bucket own",
                                "this project has none of that name; create it, or set"
                                        + " slipway.upload.staging.bucket to another"));
    }

    @Test
    void withAKeyNoBucketIsMadeOnEitherPath() {
        assertThat(choice(RUN, KEY, null, bucket("run", KEY)))
                .isEqualTo(
                        new Refuse(
                                "stage a source with the key the-key",
                                "profile run has no bucket for that; set"
                                        + " slipway.upload.staging.bucket to a bucket whose default"
                                        + " key it is"));
        assertThat(choice(FUNCTIONS, KEY, null, bucket("fun", KEY)))
                .isEqualTo(
                        new Refuse(
                                "find the one staging bucket keyed-r-… with the key the-key",
                                "none has it (there are none); set slipway.upload.staging.bucket"
                                        + " to a bucket whose default key it is"));
    }

    @Test
    void theOneWithTheKeyCountsForMoreThanTheOperators() {
        Listed own = bucket("own", KEY);
        Listed one = bucket("keyed-r-1", KEY);

        assertThat(choice(FUNCTIONS, KEY, "own", own, one)).isEqualTo(new Use("keyed-r-1"));
        assertThat(choice(FUNCTIONS, KEY, "own", own, one, bucket("keyed-r-2", KEY)))
                .isEqualTo(new Use("own"));
        assertThat(choice(FUNCTIONS, KEY, "own", own, bucket("keyed-r-2", "other")))
                .isEqualTo(new Use("own"));
        assertThat(choice(FUNCTIONS, KEY, null, new Listed("keyed-r-1", KEY, true)))
                .isInstanceOf(Refuse.class);
    }

    @Test
    void theOperatorsBucketNeedsTheKey() {
        assertThat(choice(RUN, KEY, "own", bucket("own", KEY))).isEqualTo(new Use("own"));
        assertThat(choice(RUN, KEY, "own", bucket("own", "other")))
                .isEqualTo(
                        new Refuse(
                                "use the staging bucket own",
                                "it has the default key other and not the-key; change it, or set"
                                        + " slipway.upload.staging.bucket to another"));
        assertThat(choice(FUNCTIONS, KEY, "own", bucket("own", null))).isInstanceOf(Refuse.class);
    }

    @Test
    void listsNoMoreThanWhatDecides() {
        assertThat(StagingChoice.prefixes(RUN, OperatorStaging.NONE)).containsExactly("run");
        assertThat(StagingChoice.prefixes(FUNCTIONS, new OperatorStaging(null, "own")))
                .containsExactly("own");
        assertThat(StagingChoice.prefixes(RUN, new OperatorStaging(KEY, null))).isEmpty();
        assertThat(StagingChoice.prefixes(FUNCTIONS, new OperatorStaging(KEY, "own")))
                .containsExactly("keyed-r-", "own");
    }
}
