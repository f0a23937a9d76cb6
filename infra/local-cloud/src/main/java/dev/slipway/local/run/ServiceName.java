package dev.slipway.local.run;

/** A service's full name, with the project's id. */
record ServiceName(String project, String region, String id) {
    String full() {
        return parent() + "/services/" + id;
    }

    String parent() {
        return "projects/" + project + "/locations/" + region;
    }

    RevisionName revision(String revision) {
        return new RevisionName(this, revision);
    }
}
