package dev.slipway.cli.requests;

import java.time.Duration;

/** Tells how a request goes. */
public interface TellingRequest {
    /** It is in the bucket; gives back who hears of what follows. */
    FollowRequest.Listener asked(Asked asked);

    /** Nobody wanted to wait for more. */
    void left(Asked asked);

    /** Nothing more will come of it. */
    void ended(Asked asked, RequestEnd end, Duration took);
}
