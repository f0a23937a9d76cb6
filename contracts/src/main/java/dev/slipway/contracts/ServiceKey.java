package dev.slipway.contracts;

/** One service: Cloud Run names are unique in a region. */
public record ServiceKey(String region, ServiceName service) {
    @Override
    public String toString() {
        return region + "/" + service;
    }
}
