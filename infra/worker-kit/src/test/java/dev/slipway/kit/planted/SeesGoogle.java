package dev.slipway.kit.planted;

import com.google.cloud.storage.Storage;

/** A verb with one of Google's clients. */
record SeesGoogle(Storage storage) {}
