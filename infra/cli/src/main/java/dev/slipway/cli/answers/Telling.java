package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import java.time.Duration;
import java.util.List;

/** Tells how a command's drops go; several at a time. */
public interface Telling {
    /** A folder was packed. */
    void packed(Planned planned, int files);

    /** It is in the bucket; gives back who hears of what follows. */
    Follow.Listener uploaded(Planned planned, Upload upload);

    /** Nothing more will come of it. */
    void ended(Ending ending);

    /** All ended, in the order in which they were named. */
    void summary(List<Ending> endings, Duration took);
}
