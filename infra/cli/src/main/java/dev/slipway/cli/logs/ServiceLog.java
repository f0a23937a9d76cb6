package dev.slipway.cli.logs;

import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.services.Service;
import dev.slipway.cli.services.Services;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The logs of a service's revisions. */
public final class ServiceLog {
    private static final int LOOKS_PER_SERVICE = 5;

    private final Wanted wanted;
    private final Services services;
    private final ServiceKey key;
    private final Wanted.Output output;
    private final Map<String, Log> logs = new LinkedHashMap<>();

    /** The logs of this service. */
    public ServiceLog(Wanted wanted, Services services, ServiceKey key, Wanted.Output output) {
        this.wanted = wanted;
        this.services = services;
        this.key = key;
        this.output = output;
    }

    /** Shows what one revision has written; goes on for ever where it is followed. */
    public void showRevision(String revision) {
        add(revision);
        show();
        while (wanted.follow()) {
            wanted.waitForMore();
            show();
        }
    }

    /** The same of those that serve; where it is followed, also of those that come to do so. */
    public void showCurrent() {
        List<String> current = services.live(key).current();
        if (current.isEmpty()) {
            throw Problem.failed(
                    key.service() + " has no revision yet",
                    "See where it is: ./slipway status " + key.service());
        }
        current.forEach(this::add);
        show();
        for (int look = 1; wanted.follow(); look++) {
            wanted.waitForMore();
            if (look % LOOKS_PER_SERVICE == 0) {
                services.read(key).map(Service::current).orElse(List.of()).forEach(this::add);
            }
            show();
        }
    }

    private void show() {
        logs.forEach((revision, log) -> output.show(revision, log.news()));
    }

    private void add(String revision) {
        logs.computeIfAbsent(revision, this::log);
    }

    private Log log(String revision) {
        return switch (wanted.cloud()) {
            case Cloud.Local _ ->
                    new LocalLog(
                            services.logOf(key, revision).orElseThrow(() -> gone(revision)),
                            wanted.limit());
            case Cloud.Google google ->
                    CloudLog.of(google, key, revision, wanted.since(), wanted.limit());
        };
    }

    private Problem gone(String revision) {
        return Problem.failed(
                "the revision " + Shown.of(revision) + " is gone, and its log with it",
                "Its last lines stand in the answer: ./slipway status " + key.service());
    }
}
