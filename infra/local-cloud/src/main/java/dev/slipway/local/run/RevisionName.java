package dev.slipway.local.run;

/** A revision's full name. */
record RevisionName(ServiceName service, String id) {
    String full() {
        return service.full() + "/revisions/" + id;
    }

    /** The last part of a full name; empty for an empty one. */
    static String idOf(String full) {
        return full.substring(full.lastIndexOf('/') + 1);
    }
}
