package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A legal zip taken apart, so that it can be changed in two places and put together again. */
final class ZipParts {
    static final int LOCAL_BYTES = 30;
    static final int CENTRAL_BYTES = 46;

    private static final int WIDE = 0xffff;
    private static final long WIDER = 0xffff_ffffL;

    final List<Part> parts = new ArrayList<>();
    byte[] before = {};
    byte[] beforeEnd = {};
    byte[] end;
    int entriesOff;
    int startOff;

    /** An entry: its bytes up to the next one, and what the directory says of it. */
    static final class Part {
        byte[] local;
        byte[] central;
        byte[] behind = {};
        private int start;

        Part(byte[] local, byte[] central, int start) {
            this.local = local;
            this.central = central;
            this.start = start;
        }

        Part copy() {
            return new Part(local.clone(), central.clone(), start);
        }

        int nameBytes() {
            return central.length < CENTRAL_BYTES ? 0 : Words.u16(central, 28);
        }
    }

    private ZipParts(byte[] zip) {
        int at = zip.length - 22;
        while (!Words.isSigned(zip, at, 5, 6)) {
            at--;
        }
        long narrow = Words.u32(zip, at + 16);
        int end64 = at - 76;
        boolean wide = Words.isSigned(zip, at - 20, 6, 7) && Words.isSigned(zip, end64, 6, 6);
        int start = (int) (narrow == WIDER ? Words.get(zip, end64 + 48, 8) : narrow);
        int stop = wide ? end64 : at;
        end = Arrays.copyOfRange(zip, stop, zip.length);
        list(zip, start, stop);
    }

    static ZipParts of(byte[] zip) {
        return new ZipParts(zip);
    }

    private void list(byte[] zip, int start, int stop) {
        int at = start;
        while (at < stop) {
            int length =
                    CENTRAL_BYTES
                            + Words.u16(zip, at + 28)
                            + Words.u16(zip, at + 30)
                            + Words.u16(zip, at + 32);
            byte[] central = Arrays.copyOfRange(zip, at, at + length);
            parts.add(new Part(new byte[0], central, (int) localHeader(central)));
            at += length;
        }
        parts.sort(Comparator.comparingInt(part -> part.start));
        for (int one = 0; one < parts.size(); one++) {
            int next = one + 1 < parts.size() ? parts.get(one + 1).start : start;
            parts.get(one).local = Arrays.copyOfRange(zip, parts.get(one).start, next);
        }
    }

    private static long localHeader(byte[] central) {
        long narrow = Words.u32(central, 42);
        return narrow == WIDER ? Words.get(central, wideOffset(central), 8) : narrow;
    }

    /** Last of the numbers in the first extra field, where commons-compress keeps it. */
    private static int wideOffset(byte[] central) {
        int extra = CENTRAL_BYTES + Words.u16(central, 28);
        while (Words.u16(central, extra) != 1) {
            extra += 4 + Words.u16(central, extra + 2);
        }
        return extra + 4 + Words.u16(central, extra + 2) / 8 * 8 - 8;
    }

    /** An entry that is not written at its place stands where the one before it does. */
    byte[] joined(Chance chance, boolean reordered) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before);
        int last = out.size();
        for (Part part : parts) {
            last = part.local.length > 0 ? out.size() : last;
            part.start = last;
            out.writeBytes(part.local);
            out.writeBytes(part.behind);
        }
        int start = out.size();
        List<Part> listed = new ArrayList<>(parts);
        if (reordered) {
            chance.shuffle(listed);
        }
        int entries = 0;
        for (Part part : listed) {
            entries += part.central.length > 0 ? 1 : 0;
            out.writeBytes(placed(part));
        }
        int size = out.size() - start;
        out.writeBytes(beforeEnd);
        out.writeBytes(ended(entries + entriesOff, start + startOff, size, out.size()));
        return out.toByteArray();
    }

    private static byte[] placed(Part part) {
        byte[] central = part.central.clone();
        if (central.length == 0) {
            return central;
        }
        if (Words.u32(central, 42) == WIDER) {
            Words.put(central, wideOffset(central), 8, part.start);
        } else {
            Words.put(central, 42, 4, part.start);
        }
        return central;
    }

    private byte[] ended(int entries, int start, int size, int place) {
        byte[] changed = end.clone();
        int at = 0;
        if (Words.isSigned(changed, 0, 6, 6)) {
            Words.put(changed, 24, 8, entries);
            Words.put(changed, 32, 8, entries);
            Words.put(changed, 40, 8, size);
            Words.put(changed, 48, 8, start);
            Words.put(changed, 56 + 8, 8, place);
            at = 76;
        }
        putNarrow(changed, at + 8, 2, entries, WIDE);
        putNarrow(changed, at + 10, 2, entries, WIDE);
        putNarrow(changed, at + 12, 4, size, WIDER);
        putNarrow(changed, at + 16, 4, start, WIDER);
        return changed;
    }

    private static void putNarrow(byte[] end, int at, int width, long value, long wide) {
        if (Words.get(end, at, width) != wide) {
            Words.put(end, at, width, value);
        }
    }
}
