package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What calls a service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes(@JsonSubTypes.Type(value = Trigger.Http.class, name = "http"))
public sealed interface Trigger {
    /** HTTP requests, for which nothing has to be made. */
    record Http() implements Trigger {}
}
