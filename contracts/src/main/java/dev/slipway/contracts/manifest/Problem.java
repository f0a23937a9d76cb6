package dev.slipway.contracts.manifest;

/**
 * One thing in a manifest that keeps it from being deployed.
 *
 * @param line from 1
 * @param column from 1
 * @param field as in {@code build.env.NAME} or {@code triggers[0].http}; empty for the manifest as
 *     a whole
 * @param found what stands there, fit for display; never the value of a variable
 * @param message one sentence: what was found and what is allowed
 */
public record Problem(int line, int column, String field, String found, String message) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
