package dev.slipway.cli;

import dev.slipway.contracts.Shown;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many workers, as people type it. */
final class WorkerCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException(
                    "'" + Shown.of(text) + "' is no number of workers; one is 0, 1, 2, ...");
        }
    }
}
