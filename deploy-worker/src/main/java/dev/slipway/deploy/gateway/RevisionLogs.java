package dev.slipway.deploy.gateway;

import dev.slipway.contracts.ServiceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What revisions print. */
@FunctionalInterface
public interface RevisionLogs {
    /**
     * The last lines that a revision printed, 20 at most; empty where they cannot be read from
     * here. It never fails: a missing log must not keep an outcome back.
     *
     * @param logUrl where the platform says that people read it, if it does
     */
    List<String> lastLines(ServiceKey service, String revision, @Nullable String logUrl);
}
