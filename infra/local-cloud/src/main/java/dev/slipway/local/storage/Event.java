package dev.slipway.local.storage;

/**
 * A change of an object that notifications may tell.
 *
 * @param object as it is after the change
 * @param other the generation that it overwrote or that it was overwritten by; 0 for none
 * @param tick when
 */
record Event(String type, ObjectVersion object, long other, long tick) {
    static final String FINALIZE = "OBJECT_FINALIZE";
    static final String DELETE = "OBJECT_DELETE";
    static final String ARCHIVE = "OBJECT_ARCHIVE";
    static final String METADATA_UPDATE = "OBJECT_METADATA_UPDATE";
}
