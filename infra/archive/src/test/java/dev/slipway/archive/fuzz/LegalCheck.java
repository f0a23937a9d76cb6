package dev.slipway.archive.fuzz;

import dev.slipway.archive.Packed;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A legal tree is accepted as it is, whoever packs it, and packed the same each time. */
final class LegalCheck extends Check {
    LegalCheck(Path folder) throws IOException {
        super(folder);
    }

    /** A tree and two ways to pack it. */
    private record Case(LegalTree tree, Writer one, Writer other, Chance chance) {
        static Case of(long seed) {
            Chance chance = new Chance(seed);
            LegalTree tree = LegalTree.of(chance);
            Writer one = Writer.any(chance);
            Writer other = Writer.any(chance);
            boolean modes = one.keepsModes() && other.keepsModes();
            return new Case(modes ? tree : tree.plain(), one, other, chance);
        }

        String writers() {
            return one.name() + ", " + other.name() + ": ";
        }
    }

    @Override
    byte[] archive(long seed) throws IOException {
        Case made = Case.of(seed);
        return made.one.write(made.tree, made.chance);
    }

    @Override
    Outcome of(long seed) throws IOException {
        Case made = Case.of(seed);
        Reading one = read(made.one.write(made.tree, made.chance));
        Reading other = read(made.other.write(made.tree, made.chance));
        for (Reading reading : new Reading[] {one, other}) {
            if (reading.packing() instanceof Refused refused) {
                return Outcome.wrong(Outcome.Kind.REFUSED, made.writers() + refused);
            }
        }
        String wrong = wrong(made.tree, one, other);
        return wrong == null
                ? Outcome.right()
                : Outcome.wrong(Outcome.Kind.OTHER_TREE, made.writers() + wrong);
    }

    private @Nullable String wrong(LegalTree tree, Reading one, Reading other) throws IOException {
        if (!one.agrees() || !other.agrees()) {
            return "inspect and pack come to different ends";
        }
        if (!one.tree().equals(tree.unwrapped())) {
            return one.tree().keySet() + " instead of " + tree.unwrapped().keySet();
        }
        if (!Arrays.equals(one.tarGz(), other.tarGz()) || !digest(one).equals(digest(other))) {
            return "two archives of the same tree are packed to different bytes";
        }
        if (!isCounted(tree, ((Packed) one.packing()).contents())) {
            return "counted " + ((Packed) one.packing()).contents();
        }
        return isItself(tree, one) ? null : "what was packed is packed to different bytes";
    }

    private static String digest(Reading reading) {
        return ((Packed) reading.packing()).sourceDigest();
    }

    private static boolean isCounted(LegalTree tree, SourceContents contents) {
        return contents.files() == tree.files().size()
                && contents.litterDropped() == tree.litter().size()
                && contents.rootUnwrapped().equals(tree.root())
                && Arrays.equals(contents.manifest(), tree.manifest());
    }

    /** Without its manifest a tree may have another root, which is then taken away, too. */
    private boolean isItself(LegalTree tree, Reading packed) throws IOException {
        if (tree.hasManifest()) {
            return true;
        }
        Reading again = read(packed.tarGz());
        return again.packing() instanceof Packed same
                && same.sourceDigest().equals(digest(packed))
                && Arrays.equals(again.tarGz(), packed.tarGz());
    }
}
