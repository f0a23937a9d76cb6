package dev.slipway.kit.planted.gateway;

import com.google.cloud.storage.BlobId;

/** A gateway in Google's words. */
interface SpeaksGoogle {
    void delete(BlobId blob);
}
