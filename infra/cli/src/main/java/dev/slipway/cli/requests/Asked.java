package dev.slipway.cli.requests;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;

/**
 * A request in the ledger's bucket.
 *
 * @param object its very bytes, and when they came there by the storage's clock
 */
public record Asked(ServiceKey service, Request request, Upload object) {
    private static final int PRECONDITION_FAILED = 412;

    /**
     * Puts a request there.
     *
     * @param name of nobody else's request
     * @throws dev.slipway.cli.terminal.Problem if it cannot be put there
     */
    public static Asked of(
            ServiceKey service, Request request, String name, Cloud cloud, Storage storage) {
        String bucket = cloud.ledgerBucket();
        String object = RequestName.of(service, name).object();
        BlobInfo wanted =
                BlobInfo.newBuilder(bucket, object).setContentType("application/json").build();
        try {
            return asked(service, request, created(wanted, Json.write(request), storage));
        } catch (StorageException e) {
            throw Refused.byLedger("cannot write gs://" + bucket + "/" + object, cloud, e);
        }
    }

    /** Nobody else writes this name: where it is there already, an earlier try put it there. */
    private static Blob created(BlobInfo wanted, byte[] body, Storage storage) {
        try {
            return storage.create(wanted, body, BlobTargetOption.doesNotExist());
        } catch (StorageException e) {
            Blob mine = e.getCode() == PRECONDITION_FAILED ? storage.get(wanted.getBlobId()) : null;
            if (mine == null) {
                throw e;
            }
            return mine;
        }
    }

    private static Asked asked(ServiceKey service, Request request, Blob stored) {
        return new Asked(
                service,
                request,
                new Upload(
                        stored.getBucket(),
                        stored.getName(),
                        stored.getGeneration(),
                        stored.getCreateTimeOffsetDateTime().toInstant()));
    }

    /** The request's id; of a redrive and a redeploy also the new deployment's. */
    public DeploymentId id() {
        return object.deployment();
    }

    /** Where its answer comes to. */
    public String answerObject() {
        return RequestName.answerTo(object.object());
    }
}
