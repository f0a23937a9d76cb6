package dev.slipway.local;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Several classes of these tests share the processors, so each waits longer than it would alone.
 */
public final class Patience implements LauncherSessionListener {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
