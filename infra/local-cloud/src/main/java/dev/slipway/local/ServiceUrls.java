package dev.slipway.local;

import java.util.Optional;

/** What Eventarc needs of Cloud Run. */
public interface ServiceUrls {
    /** The URL of a service, without a slash at its end; empty where there is no such service. */
    Optional<String> url(String region, String service);
}
