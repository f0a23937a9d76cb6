package dev.slipway.kit.planted;

import dev.slipway.kit.google.GoogleAccess;

/** A verb that reaches Google by itself. */
record NamesTheKitsGooglePackage(GoogleAccess access) {}
