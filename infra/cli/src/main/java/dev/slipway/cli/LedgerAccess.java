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
        } catch (StoreUnavailable | UnreadableObject e) {
            String tried = "cannot read or write " + objects + " in gs://" + cloud.ledgerBucket();
            if (e.getCause() instanceof StorageException refusal) {
                throw Refused.byLedger(tried, cloud, refusal);
            }
            throw Problem.failed(tried + ": " + e.getMessage(), "Try it again.", e);
        }
    }
}
