package dev.slipway.contracts.manifest;

import java.util.List;

/**
 * Says which options do not go together, also of those that nothing deploys yet, so that who takes
 * them up later finds them right.
 */
record Combinations(Given given, String service, String region, Sizing sizing) {
    private static final int CPUS_OF_A_GPU = 4;
    private static final long MEMORY_OF_A_GPU = 8L << 30;
    private static final int LONGEST_REVISION = 63;

    void check() {
        checkGpu();
        checkInstances();
        checkCommand();
        checkNetwork();
        checkKey();
        checkRevision();
    }

    private void checkGpu() {
        boolean unknown = given.refused("cpu") || given.refused("memory");
        boolean small =
                !sizing.cpu().isAtLeast(CPUS_OF_A_GPU) || sizing.memory().bytes() < MEMORY_OF_A_GPU;
        if (given.number("gpu", 0) > 0 && small && !unknown) {
            given.unfit(
                    "gpu",
                    "is 1 with cpu "
                            + sizing.cpu().text()
                            + " and memory "
                            + sizing.memory().text()
                            + "; a GPU needs at least 4 CPUs and 8Gi");
        }
    }

    private void checkInstances() {
        int least = given.number("min", 0);
        int most = given.number("max", Integer.MAX_VALUE);
        if (most < least) {
            given.unfit(
                    "max",
                    "leaves at least "
                            + least
                            + " and at most "
                            + most
                            + " instances, which none can");
        }
    }

    private void checkCommand() {
        if (given.has("command") && given.has("function")) {
            given.unfit(
                    "command",
                    "stands beside function, which has a command of its own; keep one of them");
        }
    }

    private void checkNetwork() {
        boolean subnet = given.has("network") || given.has("subnet");
        if (given.has("vpcConnector") && (subnet || given.has("networkTags"))) {
            given.unfit(
                    "vpcConnector",
                    "stands beside network, subnet or networkTags; keep one way into a network");
        } else if (given.has("networkTags") && !subnet) {
            given.unfit("networkTags", "stands without network and subnet");
        }
        if (given.has("vpcEgress") && !subnet && !given.has("vpcConnector")) {
            given.unfit("vpcEgress", "stands without vpcConnector, network and subnet");
        }
    }

    private void checkKey() {
        String key = given.text("key", "");
        if (!key.isEmpty() && !List.of(key.split("/", -1)).get(3).equals(region)) {
            given.unfit("key", "is '" + key + "'; allowed is a key in " + region);
        }
        if (given.has("encryptionKeyShutdownHours")
                && !given.text("postKeyRevocationActionType", "").equals("shut-down")) {
            given.unfit(
                    "encryptionKeyShutdownHours",
                    "stands without postKeyRevocationActionType: shut-down");
        }
    }

    private void checkRevision() {
        int length = service.length() + 1 + given.text("revisionSuffix", "").length();
        if (length > LONGEST_REVISION) {
            given.unfit(
                    "revisionSuffix",
                    "makes a revision's name of "
                            + length
                            + " characters; allowed are at most "
                            + LONGEST_REVISION);
        }
    }
}
