package dev.slipway.build.decide;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.DeploymentRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every build of ours is found by: {@code slipway-<installation>-<deployment>-<buildAttempt>}.
 */
public record BuildTag(String installation, DeploymentId deployment, int buildAttempt) {
    /** The tag of a record's current attempt. */
    public static BuildTag of(String installation, DeploymentRecord record) {
        return new BuildTag(installation, record.deployment(), record.buildAttempt());
    }

    /** The tag that this text is, if it is one of this installation. */
    public static Optional<BuildTag> parse(String installation, String text) {
        Matcher form =
                Pattern.compile(
                                "slipway-"
                                        + Pattern.quote(installation)
                                        + "-(d[a-z2-7]{19})-([1-9][0-9]{0,3})")
                        .matcher(text);
        return form.matches()
                ? Optional.of(
                        new BuildTag(
                                installation,
                                new DeploymentId(form.group(1)),
                                Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "slipway-" + installation + "-" + deployment + "-" + buildAttempt;
    }
}
