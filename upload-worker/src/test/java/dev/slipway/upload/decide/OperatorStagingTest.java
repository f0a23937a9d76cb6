package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorStagingTest {
    private static final List<String> REGIONS = List.of("europe-west1", "us-central1");
    private static final Set<String> OWN = Set.of("p-slipway-drop", "p-slipway-ledger");

    private static OperatorStaging key(String key, List<String> regions) {
        return OperatorStaging.of(Optional.of(key), Optional.empty(), regions, OWN);
    }

    private static String keyIn(String region) {
        return "projects/p/locations/" + region + "/keyRings/r/cryptoKeys/k";
    }

    @Test
    void saysNothingWhereNothingIsSet() {
        OperatorStaging none = OperatorStaging.of(Optional.empty(), Optional.empty(), REGIONS, OWN);

        assertThat(none).isEqualTo(OperatorStaging.NONE);
        assertThat(none.keyIn("europe-west1")).isEmpty();
        assertThat(none.bucketIn("europe-west1")).isEmpty();
    }

    @Test
    void putsTheRegionWhereItStands() {
        OperatorStaging each =
                OperatorStaging.of(
                        Optional.of(keyIn("{region}")),
                        Optional.of("sources-{region}"),
                        REGIONS,
                        OWN);

        assertThat(each.keyIn("us-central1")).contains(keyIn("us-central1"));
        assertThat(each.bucketIn("europe-west1")).contains("sources-europe-west1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k",
                "projects/p/locations/europe-west1/keyRings/r",
                "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
                "projects/p/locations/{regions}/keyRings/r/cryptoKeys/k",
                "projects/p/locations/global/keyRings/r/cryptoKeys/k"
            })
    void refusesWhatIsNoKeyOfTheRegion(String key) {
        assertThatThrownBy(() -> key(key, List.of("europe-west1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("slipway.upload.staging.kms-key is '" + key + "'; allowed");
    }

    @Test
    void refusesOneKeyForSeveralRegions() {
        assertThat(key(keyIn("europe-west1"), List.of("europe-west1")).keyIn("europe-west1"))
                .contains(keyIn("europe-west1"));
        assertThatThrownBy(() -> key(keyIn("europe-west1"), REGIONS))
                .hasMessage(
                        "slipway.upload.staging.kms-key is '"
                                + keyIn("europe-west1")
                                + "'; allowed is a key in us-central1 for services there; write"
                                + " {region} where the regions differ.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gs://sources", "Sources", "sources-{place}", "a"})
    void refusesWhatIsNoBucketsName(String bucket) {
        assertThatThrownBy(
                        () ->
                                OperatorStaging.of(
                                        Optional.empty(), Optional.of(bucket), REGIONS, OWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "slipway.upload.staging.bucket is '"
                                + bucket
                                + "'; allowed is a bucket's name, where {region} stands for the"
                                + " service's region.");
    }

    @Test
    void refusesTheInstallationsOwnBuckets() {
        assertThatThrownBy(
                        () ->
                                OperatorStaging.of(
                                        Optional.empty(),
                                        Optional.of("p-slipway-ledger"),
                                        REGIONS,
                                        OWN))
                .hasMessage(
                        "slipway.upload.staging.bucket is 'p-slipway-ledger'; allowed is a bucket"
                                + " that is neither for drops nor the ledger.");
    }
}
