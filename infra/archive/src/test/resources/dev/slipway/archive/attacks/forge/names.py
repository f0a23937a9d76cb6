"""Names that lead elsewhere, meet, or are too long."""

from .formats import *
from .samples import *

# Names that lead elsewhere


def slip():
    names = {
        "parent": ("../evil.txt", "A step out of the folder"),
        "parent-twice": ("../../evil.txt", "Two steps out of the folder"),
        "parent-below": ("a/../../evil.txt", "A step out of the folder behind a harmless start"),
        "parent-inside": ("a/../b.txt", "A step up that stays inside"),
        "parent-last": ("a/..", "A step up at the end"),
        "parent-alone": ("..", "The folder above as a file"),
        "parent-after-dot": ("./../evil.txt", "A step out of the folder behind an ordinary ./"),
        "absolute": ("/tmp/evil.txt", "An absolute name"),
        "absolute-twice": ("//tmp/evil.txt", "An absolute name that stays so when one slash is cut off"),
        "root": ("/", "The root of the file system"),
        "dot": (".", "The folder itself as a file"),
        "dot-inside": ("a/./b.txt", "A segment that says nothing"),
        "empty-segment": ("a//b.txt", "An empty segment"),
        "empty-last": ("a/b//", "An empty last segment"),
        "drive": ("C:/evil.txt", "A drive's root"),
        "drive-relative": ("c:evil.txt", "A drive's current folder"),
        "unc": ("\\\\server\\share\\evil.txt", "Another machine's share"),
        "unc-slashes": ("//server/share/evil.txt", "Another machine's share with slashes"),
        "device-path": ("\\\\?\\C:\\evil.txt", "A name that Windows takes as it is"),
        "backslash-parent": ("..\\evil.txt", "A step out of the folder on Windows"),
        "backslash-below": ("a\\..\\..\\evil.txt", "Steps out of the folder on Windows behind a harmless start"),
        "backslash-inside": ("a\\b.txt", "A file in a folder on Windows, one odd name elsewhere"),
        "mixed-separators": ("a/..\\../evil.txt", "Steps up with either separator"),
    }
    for file, (name, what) in names.items():
        in_each("slip-" + file, "slip", "UNSAFE_NAME", name, what + "; fools " + UNCHECKED + ".")
    folder = "The folder above as a folder whose mode would be set; fools " + UNCHECKED + "."
    refuse("slip-folder.zip", "slip", "UNSAFE_NAME", "../", folder, zip_of(entry("../", b"", mode=FOLDER)))
    refuse("slip-folder.tar", "slip", "UNSAFE_NAME", "../", folder, tar(header("../", type="5", mode=0o777)))
    litter = "A step out of the folder in the name of a Mac's litter; fools those who drop it unread."
    name = "__MACOSX/../../evil.txt"
    refuse("slip-litter.zip", "slip", "UNSAFE_NAME", name, litter, zip_of(entry("a.txt"), entry(name)))
    refuse("slip-litter.tar", "slip", "UNSAFE_NAME", name, litter, tar(header("a.txt"), header(name)))
    slip_without_a_plain_header()


def slip_without_a_plain_header():
    what = "A step out of the folder that %s says; fools those who check the header block only."
    files = {
        "prefix": (what % "the prefix", tar(header("evil.txt", prefix=".."))),
        "prefix-absolute": (
            "An absolute prefix before a harmless name; fools those who check the name field only.",
            tar(header("evil.txt", prefix="/tmp")),
        ),
        "pax": (what % "a pax record", tar(pax(("path", "../evil.txt")), header("a.txt"))),
        "gnu": (what % "a GNU long name", tar(long_name("../evil.txt"), header("a.txt"))),
    }
    for file, (text, data) in files.items():
        name = "/tmp/evil.txt" if "absolute" in file else "../evil.txt"
        refuse("slip-" + file + ".tar", "slip", "UNSAFE_NAME", name, text, data)
    empty = "An entry without a name; fools programs that then write to the folder itself."
    refuse("slip-no-name.zip", "slip", "UNSAFE_NAME", "-", empty, zip_of(entry("")))
    refuse("slip-no-name.tar", "slip", "UNSAFE_NAME", "-", empty, tar(header("")))
    refuse("slip-no-name-pax.tar", "slip", "UNSAFE_NAME", "-", empty, tar(pax(("path", "")), header("a.txt")))


def invisible():
    """Names that show as something else, or as nothing."""
    names = {
        "newline": ("a\nb.txt", "A line break, which forges a line in logs and listings."),
        "escape": ("a\x1b[2Jb.txt", "An escape sequence, which steers the terminal that shows it."),
        "delete": ("a\x7fb.txt", "The control character DEL, which terminals swallow."),
        "control-8-bit": ("a\u0085b.txt", "A control character of Latin-1, a line break to some programs."),
        "bidi": ("a\u202egpj.exe", "A change of direction, so that people read another ending."),
        "bidi-isolate": ("a\u2066gpj.exe\u2069", "An isolated change of direction, so that people read another ending."),
        "zero-width": ("a\u200bb.txt", "A space without width: two names that look the same."),
        "bom": ("\ufeffa.txt", "A byte order mark, which some parsers cut off."),
        "soft-hyphen": ("a\u00adb.txt", "A hyphen that is not shown: two names that look the same."),
        "line-separator": ("a\u2028b.txt", "A line separator, a line break to some programs."),
        "tag": ("a\U000e0041b.txt", "An invisible tag character: two names that look the same."),
        "not-utf8": (b"a\xe4b.txt", "Latin-1 instead of UTF-8: each parser decodes it its own way."),
        "overlong": (b"\xc0\xae\xc0\xae/evil.txt", "Dots in overlong UTF-8: a step up for lenient decoders."),
        "overlong-slash": (b"..\xc0\xafevil.txt", "A slash in overlong UTF-8: a step up for lenient decoders."),
        "surrogates": (b"a\xed\xa0\xbd\xed\xb8\x80.txt", "UTF-16's halves in UTF-8, which lenient decoders join."),
        "cut-utf8": (b"a\xe2\x82", "A character that is cut off, which some decoders drop."),
    }
    for file, (name, what) in names.items():
        entry_shown = "-" if file == "surrogates" else shown(name)
        zipped = zip_of(entry(name))
        refuse("name-" + file + ".zip", "slip", "UNSAFE_NAME", entry_shown, what, zipped)
        refuse("name-" + file + ".tar.gz", "slip", "UNSAFE_NAME", entry_shown, what, gzip(tar(header(name))))


# Names that meet


def collision():
    pairs = {
        "same": ("a.txt", "a.txt", "a.txt", "The same name twice: parsers keep the first or the last"),
        "dot": ("a.txt", "./a.txt", "a.txt", "The same name twice, once with ./ before it"),
        "case": ("readme.txt", "README.txt", "README.txt", "Two names that are one where case does not count"),
        "case-umlaut": ("ä.txt", "Ä.txt", "Ä.txt", "Two names with umlauts that are one where case does not count"),
        "case-sigma": ("ας", "ασ", "ασ", "Two names with two forms of one Greek letter"),
        "kelvin": ("k.txt", "\u212a.txt", "\u212a.txt", "The letter K and the sign for Kelvin, which are one to some"),
        "long-s": ("s.txt", "\u017f.txt", "\u017f.txt", "The letter s and its old long form, which are one to some"),
        "sharp-s": ("stra\u00dfe", "STRASSE", "STRASSE", "A German sharp s and its two capitals"),
        "nfc-nfd": ("\u00e4.txt", "a\u0308.txt", "a\u0308.txt", "One letter composed and decomposed, which are one on a Mac"),
        "nfd-case": ("\u00c4.txt", "a\u0308.txt", "a\u0308.txt", "One letter composed and decomposed, in another case"),
        "hangul": ("\uac00", "\u1100\u1161", "\u1100\u1161", "A Korean syllable composed and decomposed"),
        "folder-case": ("A/x", "a/y", "-", "Two folders that are one where case does not count"),
        "folder-nfc-nfd": ("\u00e4/x", "a\u0308/y", "-", "Two folders that are one on a Mac"),
        "folder-deep": ("lib/Util/x", "lib/util/y", "-", "Two folders further down that are one where case does not count"),
        "file-then-folder": ("a", "a/b", "a", "A file, then another below it"),
        "folder-then-file": ("a/b", "a", "a", "A file in a folder, then a file of the folder's name"),
        "file-then-folder-case": ("A", "a/b", "-", "A file, then another below it where case does not count"),
        "deep-clash": ("a/b/c", "a/b", "a/b", "A file in a folder, then a file of that folder's name"),
    }
    for file, (first, second, entry_shown, what) in pairs.items():
        what += "; unpackers overwrite the one with the other."
        as_tar = tar(member(first, b"1"), member(second, b"2"))
        zipped = zip_of(entry(first, b"1"), entry(second, b"2"))
        refuse("collision-" + file + ".zip", "collision", "DUPLICATE_NAME", entry_shown, what, zipped)
        refuse("collision-" + file + ".tar.gz", "collision", "DUPLICATE_NAME", entry_shown, what, gzip(as_tar))
    collisions_of_folders()


def collisions_of_folders():
    what = "%s; unpackers make the one or the other."
    add = lambda file, text, data: refuse("collision-" + file, "collision", "DUPLICATE_NAME", "a", what % text, data)
    folder, file = entry("a/", b"", mode=FOLDER), entry("a")
    add("listed-folder-then-file.zip", "A folder, then a file of its name", zip_of(folder, file))
    add("file-then-listed-folder.zip", "A file, then a folder of its name", zip_of(file, folder))
    folder, file = header("a/", type="5"), header("a")
    add("listed-folder-then-file.tar", "A folder, then a file of its name", tar(folder, file))
    add("file-then-listed-folder.tar", "A file, then a folder of its name", tar(file, folder))
    add("pax.tar", "A name of a header and the same one of a pax record", tar(header("a"), pax(("path", "a")), header("b")))
    add("gnu.tar", "A name of a header and the same one as a GNU long name", tar(header("a"), long_name("a"), header("b")))


# Long names and deep trees


def long_names():
    names = {
        "segment": ("x" * 201, "A part of a name with 201 bytes"),
        "segment-umlauts": ("ä" * 101, "A part of a name with 202 bytes and 101 characters"),
        "segment-folder": ("x" * 201 + "/a", "A folder with 201 bytes"),
        "path": ("/".join(["x" * 56] * 8 + ["x" * 57]), "A name with 512 bytes and one more"),
        "deep": ("x/" * 32 + "x", "A name that is 33 levels deep"),
        "deep-folders": ("x/" * 33, "A folder that is 33 levels deep"),
        "very-deep": ("x/" * 2000 + "x", "A name that is 2001 levels deep"),
    }
    for file, (name, what) in names.items():
        what += "; breaks programs that have a fixed room, or call themselves for each level."
        folder = name.endswith("/")
        zipped = zip_of(entry("a"), entry(name, b"" if folder else TEXT, mode=FOLDER if folder else REGULAR))
        type = "5" if folder else "0"
        by_pax = tar(header("a"), pax(("path", name)), header("b", type=type))
        by_gnu = tar(header("a"), long_name(name), header("b", type=type, magic=GNU))
        add = lambda kind, data: refuse("long-" + file + kind, "long-name", "NAME_TOO_LONG", shown(name[:512]), what, data)
        add(".zip", zipped)
        add("-pax.tar.gz", gzip(by_pax))
        add("-gnu.tar.gz", gzip(by_gnu))
    prefixed = tar(header("x" * 100, prefix="/".join(["x"] * 32)))
    what = "A name that is 33 levels deep, joined from prefix and name."
    refuse("long-deep-prefix.tar", "long-name", "NAME_TOO_LONG", shown("x/" * 32 + "x" * 100), what, prefixed)
