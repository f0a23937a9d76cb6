package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a record with some fields changed; Java's records have no such expression of their own.
 */
final class RecordChange {
    private final DeploymentRecord from;
    private @Nullable DeploymentId previous;
    private Stage stage;
    private int buildAttempt;
    private int deployAttempt;
    private @Nullable Waiting waiting;
    private long injection;
    private @Nullable Digest manifest;
    private @Nullable Source source;
    private @Nullable Build build;
    private @Nullable String image;
    private @Nullable String revision;
    private @Nullable String url;
    private @Nullable Verdict closing;
    private @Nullable Verdict verdict;
    private List<Moment> history;
    private String writeToken;

    RecordChange(DeploymentRecord from) {
        this.from = from;
        this.previous = from.previous();
        this.stage = from.stage();
        this.buildAttempt = from.buildAttempt();
        this.deployAttempt = from.deployAttempt();
        this.waiting = from.waiting();
        this.injection = from.injection();
        this.manifest = from.manifest();
        this.source = from.source();
        this.build = from.build();
        this.image = from.image();
        this.revision = from.revision();
        this.url = from.url();
        this.closing = from.closing();
        this.verdict = from.verdict();
        this.history = from.history();
        this.writeToken = from.writeToken();
    }

    RecordChange previous(@Nullable DeploymentId value) {
        this.previous = value;
        return this;
    }

    RecordChange stage(Stage value) {
        this.stage = value;
        return this;
    }

    RecordChange buildAttempt(int value) {
        this.buildAttempt = value;
        return this;
    }

    RecordChange deployAttempt(int value) {
        this.deployAttempt = value;
        return this;
    }

    RecordChange waiting(@Nullable Waiting value) {
        this.waiting = value;
        return this;
    }

    RecordChange injection(long value) {
        this.injection = value;
        return this;
    }

    RecordChange manifest(@Nullable Digest value) {
        this.manifest = value;
        return this;
    }

    RecordChange source(@Nullable Source value) {
        this.source = value;
        return this;
    }

    RecordChange build(@Nullable Build value) {
        this.build = value;
        return this;
    }

    RecordChange image(@Nullable String value) {
        this.image = value;
        return this;
    }

    RecordChange revision(@Nullable String value) {
        this.revision = value;
        return this;
    }

    RecordChange url(@Nullable String value) {
        this.url = value;
        return this;
    }

    RecordChange closing(@Nullable Verdict value) {
        this.closing = value;
        return this;
    }

    RecordChange verdict(@Nullable Verdict value) {
        this.verdict = value;
        return this;
    }

    RecordChange history(List<Moment> value) {
        this.history = value;
        return this;
    }

    RecordChange writeToken(String value) {
        this.writeToken = value;
        return this;
    }

    DeploymentRecord done() {
        return new DeploymentRecord(
                from.schema(),
                from.deployment(),
                from.drop(),
                from.service(),
                from.order(),
                previous,
                stage,
                buildAttempt,
                deployAttempt,
                waiting,
                injection,
                manifest,
                source,
                build,
                image,
                revision,
                url,
                closing,
                verdict,
                from.correlation(),
                history,
                writeToken);
    }
}
