package dev.slipway.cli;

/** The command people type. */
public final class Slipway {
    private Slipway() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.out.println("slipway");
    }
}
