package dev.slipway.local.run;

/** An image that is not there or cannot be run; the message is for people. */
final class ImageProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    ImageProblem(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
