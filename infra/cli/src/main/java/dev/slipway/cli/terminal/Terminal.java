package dev.slipway.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where the command's words go: plain lines in a pipe; on a terminal also lines of progress that
 * the next line replaces, and colours unless NO_COLOR forbids them (no-color.org).
 */
public final class Terminal {
    private static final String BACK_TO_START = "\r";
    private static final int WIDTH = 78;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean live;
    private final boolean colours;
    private List<String> showing = List.of();

    /**
     * A terminal, or what stands for one.
     *
     * @param live whether a line can be replaced
     * @param colours whether colours are wanted
     */
    public Terminal(PrintStream out, boolean live, boolean colours) {
        this.out = out;
        this.live = live;
        this.colours = colours;
    }

    /** The one that the command writes to. {@code terminal} tells whether somebody looks at it. */
    public static Terminal on(PrintStream out, boolean terminal, Map<String, String> environment) {
        boolean live = terminal && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, live, live && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** One line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Whether a line can be replaced. */
    public boolean live() {
        return live;
    }

    /** What is going on now; shown only where it can be replaced. */
    public void progress(String text) {
        progress(List.of(text));
    }

    /** The same with several lines, cut to the width that every terminal has. */
    public synchronized void progress(List<String> lines) {
        List<String> cut = lines.stream().map(Terminal::cut).toList();
        if (live && !cut.equals(showing)) {
            clear();
            out.print(String.join("\n", cut));
            out.flush();
            showing = cut;
        }
    }

    private static String cut(String line) {
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    }

    /** Takes the lines of progress away. */
    public synchronized void clear() {
        if (showing.size() > 1) {
            out.print("\u001b[" + (showing.size() - 1) + "A\r\u001b[J");
        } else if (!showing.isEmpty()) {
            out.print(colours ? ERASE_LINE : BACK_TO_START + " ".repeat(WIDTH) + BACK_TO_START);
        }
        out.flush();
        showing = List.of();
    }

    /** Good news. */
    public String good(String text) {
        return colour("32", text);
    }

    /** Bad news. */
    public String bad(String text) {
        return colour("31", text);
    }

    private String colour(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
