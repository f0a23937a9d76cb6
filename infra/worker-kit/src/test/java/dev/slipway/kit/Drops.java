package dev.slipway.kit;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Source;
import dev.slipway.ledger.Versioned;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** Drops of hello.zip, one generation after another, each as far as a test wants it. */
final class Drops {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final ServiceKey HELLO = new ServiceKey("europe-west1", new ServiceName("hello"));
    static final Build BUILD =
            new Build("projects/p/b", "http://log", NOON, NOON.plusSeconds(3600));
    static final String IMAGE = "image@" + Digest.of("image");

    final Ledger ledger;
    private long generation = 1;

    Drops(ObjectStore store) {
        this.ledger = new Ledger(store, () -> UUID.randomUUID().toString(), backoff());
    }

    static Backoff backoff() {
        return new Backoff(_ -> {}, new Random(1));
    }

    static Marker marker(long generation) {
        return Marker.of(
                Order.of(
                        new ObjectVersion("drop", "hello.zip", generation),
                        NOON.toEpochMilli() + generation));
    }

    Versioned<DeploymentRecord> received() {
        Marker marker = marker(generation++);
        ledger.mark(marker);
        return ledger.begin(DeploymentRecord.received(marker, HELLO, "order-17"));
    }

    Versioned<DeploymentRecord> verified() {
        Versioned<DeploymentRecord> received = received();
        Source source =
                new Source(
                        new ObjectVersion("staging", "services/hello/x.tar.gz", 7),
                        Digest.of("source"),
                        Digest.of("build"),
                        2,
                        30,
                        0,
                        "");
        return moved(received, received.value().verified(source, Digest.of("manifest"), null));
    }

    Versioned<DeploymentRecord> building() {
        Versioned<DeploymentRecord> verified = verified();
        Versioned<DeploymentRecord> claimed = moved(verified, verified.value().claimed());
        ledger.enterBuilding(claimed.value().deployment(), 1);
        return moved(claimed, claimed.value().building(BUILD));
    }

    Versioned<DeploymentRecord> deploying() {
        Versioned<DeploymentRecord> building = building();
        Versioned<DeploymentRecord> built = moved(building, building.value().built(IMAGE));
        return moved(built, built.value().deploying());
    }

    Versioned<DeploymentRecord> moved(Versioned<DeploymentRecord> read, DeploymentRecord next) {
        return ledger.swap(read, next).orElseThrow();
    }

    Versioned<DeploymentRecord> again(Versioned<DeploymentRecord> read) {
        return ledger.deployment(read.value().deployment()).orElseThrow();
    }
}
