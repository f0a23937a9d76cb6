package dev.slipway.cli;

import com.google.cloud.storage.StorageException;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.UnreadableObject;
import java.util.function.Supplier;

/** What the ledger's refusals mean to whoever runs a command. */
final class LedgerAccess {
    private LedgerAccess() {}

    /**
     * What the ledger gave.
     *
     * @param objects which of its objects it is about, as in {@code stages/}
     * @throws Problem if it gave nothing
     */
    static <T> T to(Cloud cloud, String objects, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (UnreadableObject e) {
            throw Problem.failed(
                    tried(cloud, objects) + ": " + e.getMessage(),
                    "Mend it first: gcloud storage ls -a gs://"
                            + cloud.ledgerBucket()
                            + "/"
                            + e.object()
                            + " lists what it was before.",
                    e);
        } catch (StoreUnavailable e) {
            String tried = tried(cloud, objects);
            if (e.getCause() instanceof StorageException refusal) {
                throw Refused.byLedger(tried, cloud, refusal);
            }
            throw Problem.failed(tried + ": " + e.getMessage(), "Try it again.", e);
        }
    }

    private static String tried(Cloud cloud, String objects) {
        return "cannot read or write " + objects + " in gs://" + cloud.ledgerBucket();
    }
}
