package dev.slipway.local.run;

/** Where services are reached. */
@FunctionalInterface
interface Urls {
    /** The service's URL; from now on something answers there. */
    String open(ServiceName name);
}
