package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of a bucket's objects, in the order of their names' UTF-8 bytes, generations ascending.
 *
 * @param prefix what all names start with
 * @param delimiter ends what is told as one common prefix; empty for none
 * @param from the position of the first that is told
 * @param until names from this one on are left out; empty for no end
 * @param atMost how many items and common prefixes a page has
 */
record Listing(
        String bucket,
        String prefix,
        String delimiter,
        String from,
        String until,
        boolean versions,
        boolean trailingDelimiter,
        int atMost) {
    private static final int LARGEST_PAGE = 1000;

    static Listing of(Call call) {
        String start = Keys.sortable(text(call, "startOffset"));
        String page = position(call.text("pageToken"));
        return new Listing(
                call.bucket(),
                text(call, "prefix"),
                text(call, "delimiter"),
                start.compareTo(page) > 0 ? start : page,
                Keys.sortable(text(call, "endOffset")),
                call.flag("versions"),
                call.flag("includeTrailingDelimiter"),
                pageSize(call));
    }

    /** How many a page has: 1 to 1000. */
    static int pageSize(Call call) {
        Long given = call.number("maxResults");
        return given == null || given == 0 ? LARGEST_PAGE : (int) Math.min(given, LARGEST_PAGE);
    }

    private static String text(Call call, String parameter) {
        return Objects.requireNonNullElse(call.text(parameter), "");
    }

    private static String position(@Nullable String pageToken) {
        if (pageToken == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(pageToken), UTF_8);
        } catch (IllegalArgumentException _) {
            throw StorageError.invalid("Invalid pageToken: '" + pageToken + "'");
        }
    }

    /** Reads the page. */
    ObjectNode page(Journal journal, Links links) {
        Walk walk = new Walk(journal, this);
        List<ObjectVersion> items = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        @Nullable String next = null;
        while (walk.hasNext()) {
            if (items.size() + prefixes.size() == atMost) {
                next = walk.position();
                break;
            }
            ObjectVersion item = walk.next();
            int end = commonEnd(item.name());
            if (end < 0) {
                items.add(item);
                continue;
            }
            String common = item.name().substring(0, end);
            prefixes.add(common);
            if (trailingDelimiter && item.name().equals(common)) {
                items.add(item);
            }
            walk.skip(Keys.sortable(common) + Keys.AFTER);
        }
        return page(items, prefixes, next, links);
    }

    /** Where the common prefix of a name ends; -1 where it has none. */
    private int commonEnd(String name) {
        int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return at < 0 ? -1 : at + delimiter.length();
    }

    private static ObjectNode page(
            List<ObjectVersion> items, List<String> prefixes, @Nullable String next, Links links) {
        ObjectNode page = Json.object().put("kind", "storage#objects");
        if (next != null) {
            page.put("nextPageToken", Base64.getUrlEncoder().encodeToString(next.getBytes(UTF_8)));
        }
        if (!prefixes.isEmpty()) {
            ArrayNode told = page.putArray("prefixes");
            prefixes.forEach(told::add);
        }
        if (!items.isEmpty()) {
            ArrayNode told = page.putArray("items");
            items.forEach(item -> told.add(item.resource(links)));
        }
        return page;
    }
}
