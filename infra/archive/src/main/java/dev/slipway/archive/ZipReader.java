package dev.slipway.archive;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Inflater;

/**
 * Lists a zip by its directory, which has to agree with what stands at each entry. Contents are
 * checked when they are read.
 */
final class ZipReader implements Closeable {
    private final Mapped zip;
    private final Limits limits;
    private final Meter meter;
    private final Inflater inflater = new Inflater(true);

    ZipReader(Mapped zip, Limits limits, Meter meter) {
        this.zip = zip;
        this.limits = limits;
        this.meter = meter;
    }

    void listInto(TreeBuilder tree) throws Refusal {
        ZipEnd end = ZipEnd.of(zip);
        List<ZipEntry> entries = entries(end);
        for (ZipEntry entry : entries) {
            entry.refuseUnsupported();
            entry.refuseImpossible();
        }
        entries.sort(Comparator.comparingLong(ZipEntry::localHeader));
        long[] contents = new ZipLayout(zip).check(entries, end.start());
        for (int at = 0; at < contents.length; at++) {
            list(entries.get(at), contents[at], tree);
        }
        meter.refuseRatio();
    }

    private List<ZipEntry> entries(ZipEnd end) throws Refusal {
        if (end.entries() > limits.entries()) {
            throw new Refusal(
                    Rule.TOO_MANY_ENTRIES,
                    null,
                    "the zip lists "
                            + end.entries()
                            + " entries, at most "
                            + limits.entries()
                            + " are allowed");
        }
        List<ZipEntry> entries = new ArrayList<>();
        long at = end.start();
        long stop = end.start() + end.size();
        while (entries.size() < end.entries()) {
            refuseUnlessEntry(at, stop);
            entries.add(ZipEntry.of(zip, at));
            at += lengthAt(at);
        }
        if (at != stop) {
            throw Refusal.damaged(null, "the zip's directory is longer than its entries");
        }
        return entries;
    }

    private void refuseUnlessEntry(long at, long stop) throws Refusal {
        boolean fits =
                at + ZipEntry.HEADER_BYTES <= stop
                        && zip.u32(at) == ZipEntry.HEADER
                        && at + lengthAt(at) <= stop;
        if (!fits) {
            throw Refusal.damaged(null, "the zip's directory holds something that is no entry");
        }
    }

    private int lengthAt(long at) {
        return ZipEntry.HEADER_BYTES + zip.u16(at + 28) + zip.u16(at + 30) + zip.u16(at + 32);
    }

    private void list(ZipEntry entry, long content, TreeBuilder tree) throws Refusal {
        String path = tree.begin(entry.name());
        meter.countFile(path, entry.size());
        ZipContent checked = new ZipContent(zip, entry, content, inflater);
        if (entry.isFolder()) {
            tree.folder(path);
            tree.unbuilt(checked);
        } else {
            tree.file(path, UnixMode.isExecutable(entry.mode()), entry.size(), checked);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
