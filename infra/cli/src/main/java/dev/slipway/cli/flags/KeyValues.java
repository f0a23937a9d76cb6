package dev.slipway.cli.flags;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists and maps as gcloud takes them: {@code a,b} and {@code KEY=VALUE,KEY=VALUE}; where a value
 * has a comma, {@code ^DELIMITER^} in front names another delimiter (gcloud topic escaping).
 */
final class KeyValues {
    private static final Pattern DELIMITED = Pattern.compile("\\^([^^]+)\\^(.*)", Pattern.DOTALL);

    private KeyValues() {}

    static List<String> list(String text) {
        Matcher own = DELIMITED.matcher(text);
        String delimiter = own.matches() ? own.group(1) : ",";
        String items = own.matches() ? own.group(2) : text;
        return Stream.of(items.split(Pattern.quote(delimiter), -1))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /**
     * The later of two values of one key counts, as with gcloud.
     *
     * @throws Problem naming the flag, never a value: it may be a secret
     */
    static Map<String, String> map(String flag, List<String> texts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String text : texts) {
            for (String item : list(text)) {
                int equals = item.indexOf('=');
                if (equals <= 0) {
                    throw noPair(flag, item, map);
                }
                map.put(item.substring(0, equals), item.substring(equals + 1));
            }
        }
        return map;
    }

    private static Problem noPair(String flag, String item, Map<String, String> before) {
        String place =
                before.isEmpty()
                        ? "its first part"
                        : "the part after " + Shown.of(List.copyOf(before.keySet()).getLast());
        return Problem.usage(
                flag
                        + " takes KEY=VALUE,KEY=VALUE, but "
                        + place
                        + (item.startsWith("=") ? " has no key" : " has no ="),
                "Where a value has a comma, name another delimiter: " + flag + " '^;^A=1,2;B=3'.");
    }
}
