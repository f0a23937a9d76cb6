package dev.slipway.archive.fuzz;

import dev.slipway.archive.Packed;
import dev.slipway.archive.Refused;
import dev.slipway.archive.fuzz.LegalTree.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A damaged archive is refused, or everybody reads the same tree in it. */
final class MutantCheck extends Check {
    private static final Pattern LITTER =
            Pattern.compile(
                    "(?:.*/)?(?:__MACOSX/.*|\\.DS_Store|Thumbs\\.db|ehthumbs\\.db|[dD]esktop\\.ini"
                            + "|\\._[^/]*|\\.#[^/]*|[^/]+~|#[^/]+#|\\.(?:[^/]*\\.)?sw[po])",
                    Pattern.DOTALL);

    MutantCheck(Path folder) throws IOException {
        super(folder);
    }

    @Override
    byte[] archive(long seed) throws IOException {
        return Mutant.of(seed).bytes();
    }

    @Override
    Outcome of(long seed) throws IOException {
        Mutant mutant = Mutant.of(seed);
        Reading reading = read(mutant.bytes());
        if (!reading.agrees()) {
            return wrong("inspect and pack come to different ends: " + reading);
        }
        return switch (reading.packing()) {
            case Refused _ -> Outcome.refused();
            case Packed packed -> {
                String wrong = wrong(mutant, packed, tree(packed, reading));
                yield wrong == null ? Outcome.right() : wrong(wrong);
            }
        };
    }

    private static Outcome wrong(String what) {
        return Outcome.wrong(Outcome.Kind.OTHER_TREE, what);
    }

    /** With its manifest and in its root, as others see it. */
    private static Map<String, ByteBuffer> tree(Packed packed, Reading reading) throws IOException {
        String root = packed.contents().rootUnwrapped();
        Map<String, ByteBuffer> tree = new TreeMap<>();
        for (Map.Entry<String, Kept> file : reading.tree().entrySet()) {
            tree.put(root + file.getKey(), file.getValue().content());
        }
        if (tree.size() < packed.contents().files()) {
            tree.put(root + LegalTree.MANIFEST, ByteBuffer.wrap(packed.contents().manifest()));
        }
        return tree;
    }

    private @Nullable String wrong(Mutant mutant, Packed packed, Map<String, ByteBuffer> tree) {
        if (!mutant.trees().isEmpty() && !mutant.trees().contains(tree)) {
            return "accepted with another tree: " + tree.keySet();
        }
        try {
            for (Map<String, ByteBuffer> peer : Peers.read(file(), mutant.bytes())) {
                int all = peer.size();
                peer.keySet().removeIf(path -> LITTER.matcher(path).matches());
                if (all - peer.size() != packed.contents().litterDropped() || !peer.equals(tree)) {
                    return "others read " + peer.keySet() + " instead of " + tree.keySet();
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return "accepted "
                    + tree.keySet()
                    + ", and others fail with "
                    + e
                    + ": "
                    + e.getCause();
        }
    }
}
