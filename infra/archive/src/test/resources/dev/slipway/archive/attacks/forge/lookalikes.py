"""What looks like an attack and is none."""

import struct
import zlib

from .formats import *
from .samples import *


def lookalikes():
    modes()
    written_by_git()
    streamed_by_others()
    written_with_zip64()
    other_zips()
    other_tars()
    other_gzips()


def modes():
    names = {"setuid": 0o104755, "setgid": 0o102755, "sticky": 0o101644, "open": 0o100777, "closed": 0o100000}
    files = " ".join("%s=5" % name for name in sorted(names))
    what = "Modes that would give rights away: only whether a file is executable is kept."
    accept("accepted-modes.zip", files, what, zip_of(*(entry(name, mode=mode) for name, mode in names.items())))
    accept("accepted-modes.tar", files, what, tar(*(member(name, TEXT, mode=mode & 0o7777) for name, mode in names.items())))
    with_type = tar(*(member(name, TEXT, mode=mode) for name, mode in names.items()))
    accept("accepted-modes-with-type.tar", files, "Modes with a regular file's type bits, as old tars have them.", with_type)


def written_by_git():
    commit = b"0123456789abcdef0123456789abcdef01234567"
    what = "As git archive writes it: %s with the commit."
    zipped = zip_of(entry("repo-1/", b"", method=0, mode=FOLDER), entry("repo-1/a.txt"), comment=commit)
    accept("accepted-git.zip", "a.txt=5", what % "a comment", zipped)
    members = pax(("comment", commit), type="g"), header("repo-1/", type="5"), member("repo-1/a.txt", TEXT)
    accept("accepted-git.tar", "a.txt=5", what % "a global header", tar(*members))
    accept("accepted-git.tar.gz", "a.txt=5", what % "a global header", gzip(tar(*members)))


def streamed_by_others():
    what = "Data descriptors %s, as programs write them that cannot go back."
    add = lambda file, how, **of: accept(
        "accepted-descriptor%s.zip" % file, "a.txt=5 b.txt=0", what % how, zip_of(streamed("a.txt", **of), streamed("b.txt", b"", **of))
    )
    add("", "with a signature")
    add("-unsigned", "without a signature", signature=b"")
    add("-stored", "with a signature behind stored files", method=0)
    add("-stored-unsigned", "without a signature behind stored files", method=0, signature=b"")
    wide = {"local": {"extra": extra64(0, 0), "packed": WIDE, "size": WIDE}, "wide": True}
    add("-wide", "with 64-bit sizes and a signature", **wide)
    add("-wide-unsigned", "with 64-bit sizes and without a signature", signature=b"", **wide)
    right = {"crc": zlib.crc32(TEXT), "packed": len(deflate(TEXT)), "size": 5}
    repeated = zip_of(streamed("a.txt", local=right), entry("b.txt", b""))
    accept("accepted-descriptor-repeats.zip", "a.txt=5 b.txt=0", "A data descriptor that repeats what the local header says.", repeated)
    holding = b"ab" + descriptor(b"ab", b"ab") + b"PK\3\4"
    data = zip_of(streamed("a.bin", holding, method=0), entry("b.txt", b""))
    accept("accepted-descriptor-in-content.zip", "a.bin=%d b.txt=0" % len(holding), "A stored file that holds the bytes of a data descriptor.", data)


def written_with_zip64():
    packed = len(deflate(TEXT))
    wide = {"size": WIDE, "packed": WIDE, "extra": extra64(5, packed)}
    files = "a.txt=5 b.txt=5"
    local = {"local": wide}
    add = lambda file, what, data: accept("accepted-zip64-" + file + ".zip", files, what, data)
    add("local", "Zip64 sizes of a small file in the local header only.", zip_of(entry("a.txt", **local), entry("b.txt")))
    add("both", "Zip64 sizes of a small file in both headers.", zip_of(entry("a.txt", **wide), entry("b.txt")))
    placed = {"local": wide, "central": {**wide, "at": WIDE, "extra": extra64(5, packed, 0)}}
    add("offset", "Zip64 sizes and place of a small file.", zip_of(entry("a.txt", **placed), entry("b.txt")))
    archive = Zip(entry("a.txt"), entry("b.txt"))
    count, size, at = archive.extent()
    add("end", "64-bit end records of a small zip.", archive.bytes64())
    add("end-repeats", "64-bit end records that repeat what the 32-bit one says.", archive.bytes64(end={}))


def other_zips():
    files = "a.txt=5 b.txt=5"
    add = lambda file, what, data, list=files: accept("accepted-" + file + ".zip", list, what, data)
    add("stored", "Stored files.", zip_of(entry("a.txt", method=0), entry("b.txt", method=0)))
    folder = entry("lib/", b"", mode=FOLDER)
    add("deflated-folder", "An empty folder deflated to two bytes, as Java writes it.", zip_of(folder, entry("a.txt"), entry("b.txt")))
    add("listed-folders", "A folder listed behind a file of it.", zip_of(entry("lib/a.txt"), folder, entry("b.txt")), "b.txt=5 lib/a.txt=5")
    add("dos-folder", "A folder of DOS, with the DOS bit and no Unix mode.", zip_of(entry("lib/", b"", method=0, made=20, mode=0, dos=16), entry("a.txt"), entry("b.txt", made=20, mode=0, dos=32)))
    litter = [entry("app/a.txt"), entry("__MACOSX/app/._a.txt"), entry("app/.DS_Store"), entry("__MACOSX/._app"), entry("app/b.txt")]
    add("mac", "A zip of a Mac, with its litter.", zip_of(*litter))
    manifest = entry("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\n\r\n")
    start = entry("META-INF/", b"", made=20, mode=0, local={"extra": extra(0xCAFE, b"")}, central={"extra": extra(0xCAFE, b"")})
    add("jar", "A jar: META-INF first, with the mark that jars have.", zip_of(start, manifest, entry("A.class")), "A.class=5 META-INF/MANIFEST.MF=25")
    same = entry("\u00e4.txt", extra=unicode_path("\u00e4.txt", "\u00e4.txt"))
    add("unicode-path", "Info-ZIP's Unicode name that says the same as the header.", zip_of(same), "\u00e4.txt=5")
    unflagged = entry("\u00e4.txt", flags=0)
    add("utf8-unflagged", "A name in UTF-8 without the flag, as Info-ZIP writes it.", zip_of(unflagged, entry("a.txt")), "a.txt=5 \u00e4.txt=5")
    times = {"local": {"extra": extra(0x5455, b"\1" + bytes(4)) + extra(0x7875, b"\1\4" + bytes(4) + b"\4" + bytes(4))}}
    add("info-zip", "Times and owners in extra fields, as Info-ZIP writes them.", zip_of(entry("a.txt", **times), entry("b.txt", **times)))
    both = "A zip whose first header is a tar's as well, with an extra field around the rest of it: read as a zip only."
    add("zip-that-is-a-tar", both, zip_that_is_a_tar(), "a.txt=2048")
    archive = Zip(entry("a.txt"), entry("b.txt"))
    middle = len(central_header(entry("a.txt"), 0))
    archive.directory = archive.directory[middle:] + archive.directory[:middle]
    add("other-order", "A directory that lists the entries in another order than they stand in.", archive.bytes())
    add("comments", "A comment of each file.", zip_of(entry("a.txt", comment=b"one"), entry("b.txt", comment=b"two")))
    add("dots", "An ordinary ./ before each name.", zip_of(entry("./a.txt"), entry("./b.txt")))
    add("root", "One folder around all.", zip_of(entry("app/a.txt"), entry("app/b.txt")))
    near = ["..a", "a..", "...", "ab:c", "~", "con", "-rf"]
    add("odd-names", "Names that look dangerous and lead nowhere.", zip_of(*(entry(name) for name in near)), " ".join(sorted("%s=5" % name for name in near)))
    longest = "/".join(["x" * 55] * 8 + ["x" * 64])
    deepest = "y/" * 31 + "y"
    list = "%s=5 %s=5 %s=5" % (longest, deepest, "z" * 200)
    add("longest", "Names that are as long and as deep as allowed.", zip_of(entry(longest), entry(deepest), entry("z" * 200)), list)


def zip_that_is_a_tar():
    """A tar's first header has room for a zip's: the rest of it stands in an extra field."""
    body = tar(member("hidden.txt", TEXT))
    start = 30 + len("a.txt") + 4
    each = entry("a.txt", body, method=0, local={"extra": extra(0x5151, bytes(512 - start))})
    front = local_header(each)[:start]
    block = front + header(b"PK", 0)[start:]
    block = block[:148] + b" " * 8 + block[156:]
    block = block[:148] + b"%06o\0 " % sum(block) + block[156:]
    each["local"]["extra"] = extra(0x5151, block[start:])
    return zip_of(each)


def other_tars():
    one, two = member("a.txt", TEXT), member("b.txt", TEXT)
    files = "a.txt=5 b.txt=5"
    add = lambda file, what, *members, list=files, **of: accept("accepted-" + file + ".tar", list, what, tar(*members, **of))
    add("v7", "A tar of the oldest form, without magic.", member("a.txt", TEXT, magic=V7), member("b.txt", TEXT, type="\0", magic=V7))
    add("gnu", "A tar of GNU's form.", member("a.txt", TEXT, magic=GNU), member("b.txt", TEXT, magic=GNU))
    name = "lib/" + "x" * 150
    list = "b.txt=5 %s=5" % name
    add("gnu-long", "A GNU long name.", long_name(name), member(name[:100], TEXT, magic=GNU), two, list=list)
    add("pax-long", "A long name in a pax record.", pax(("path", name)), member(name[:100], TEXT), two, list=list)
    add("prefix", "A long name in prefix and name.", member("x" * 90, TEXT, prefix="y" * 120), two, list="b.txt=5 %s/%s=5" % ("y" * 120, "x" * 90))
    add("pax-size", "A pax size that is the header's.", pax(("size", "5")), one, two)
    times = pax(("mtime", "1e999999999"), ("atime", "0." + "9" * 300), ("uid", "0"), ("uname", "root"))
    add("pax-times", "Times that would take a year to calculate: nobody asks for them.", times, one, two)
    add("base256", "A small size in base 256.", member("a.txt", TEXT, size=base256(5)), two)
    add("space-ended", "Numbers that end with a space, as old programs write them.", member("a.txt", TEXT, size=b"00000000005 "), two)
    add("space-led", "Numbers that start with spaces, as old programs write them.", member("a.txt", TEXT, size=b"         5 \0"), two)
    add("contiguous", "A contiguous file, which is a file like any other.", member("a.txt", TEXT, "7"), two)
    add("dots", "An ordinary ./ before each name, and the folder itself.", header("./", type="5"), member("./a.txt", TEXT), member("./b.txt", TEXT))
    add("root", "One folder around all.", header("app/", type="5"), member("app/a.txt", TEXT), member("app/b.txt", TEXT))
    add("one-end-block", "A single block of zeros as the end.", one, two, end=bytes(512))
    add("record", "Zeros up to a whole tape record.", one, two, end=bytes(10240 - 2048))


def other_gzips():
    inner = tar(member("a.txt", TEXT), member("b.txt", TEXT))
    head = b"\x1f\x8b\x08\x1e" + bytes(5) + b"\xff"
    fields = struct.pack("<H", 4) + b"ab\0\0" + b"a.tar\0" + b"a comment\0"
    crc = struct.pack("<H", zlib.crc32(head + fields) & 0xFFFF)
    data = gzip(inner, flags=0x1E, fields=fields + crc)
    accept("accepted-gzip-fields.tar.gz", "a.txt=5 b.txt=5", "A gzip with every field that its header may have.", data)
    text = gzip(inner, flags=1)
    accept("accepted-gzip-text.tar.gz", "a.txt=5 b.txt=5", "A gzip that says it holds a text.", text)
