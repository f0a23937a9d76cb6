package dev.slipway.cli.terminal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as aligned columns, two spaces apart. */
public final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** One line for each row; every row has as many cells as the first. */
    public static List<String> of(List<List<String>> rows) {
        return rows.stream()
                .map(
                        row ->
                                IntStream.range(0, row.size())
                                        .mapToObj(column -> padded(row.get(column), rows, column))
                                        .collect(Collectors.joining(GAP))
                                        .stripTrailing())
                .toList();
    }

    private static String padded(String cell, List<List<String>> rows, int column) {
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return cell + " ".repeat(width - cell.length());
    }
}
