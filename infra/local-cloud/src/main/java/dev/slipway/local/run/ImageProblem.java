package dev.slipway.local.run;

/** An image that is not there, or what it holds cannot be run; the message is for people. */
final class ImageProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final Verdict.Cause cause;
    private final String why;

    ImageProblem(String why) {
        this(Verdict.Cause.IMAGE, why);
    }

    ImageProblem(Verdict.Cause cause, String why) {
        super(why);
        this.cause = cause;
        this.why = why;
    }

    Verdict.Failed verdict() {
        return new Verdict.Failed(cause, why);
    }
}
