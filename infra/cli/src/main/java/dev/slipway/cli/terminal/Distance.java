package dev.slipway.cli.terminal;

/** How far two words are from each other. */
public final class Distance {
    private Distance() {}

    /**
     * Letters to put in, take out, change, or exchange with their neighbour (optimal string
     * alignment).
     */
    public static int between(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                table[row][column] =
                        row == 0 || column == 0
                                ? row + column
                                : cheapest(table, row, column, from, to);
            }
        }
        return table[from.length()][to.length()];
    }

    private static int cheapest(int[][] table, int row, int column, String from, String to) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int best =
                Math.min(
                        Math.min(table[row - 1][column], table[row][column - 1]) + 1,
                        table[row - 1][column - 1] + (same ? 0 : 1));
        boolean exchanged =
                row > 1
                        && column > 1
                        && from.charAt(row - 1) == to.charAt(column - 2)
                        && from.charAt(row - 2) == to.charAt(column - 1);
        return exchanged ? Math.min(best, table[row - 2][column - 2] + 1) : best;
    }
}
