"""Sizes, checksums and structure that lie."""

import struct
import zlib

from .formats import *
from .samples import *


def lie(file, entry, what, data):
    refuse("lie-" + file, "lie", "DAMAGED", entry, what, data)


def lies():
    zip_sizes()
    zip_checksums()
    zip_four_gib()
    zip_truncated()
    zip_extra_bytes()
    zip_descriptors()
    zip_end_records()
    zip64_records()
    zip_extra_fields()
    zip_lengths()
    zip_litter()
    zip_folders()
    gzip_lies()


def zip_sizes():
    data, body = b"nine byte", deflate(b"nine byte")
    right = {"size": len(data), "packed": len(body)}
    kinds = {"size": "size", "packed": "compressed size"}
    for field, word in kinds.items():
        for by, more in ((-1, "one less"), (1, "one more"), (-right[field], "zero")):
            file = "%s-%s" % (field, more.replace(" ", "-"))
            wrong = {field: right[field] + by}
            what = "The %s is %s than it is" % (word, more) if by in (-1, 1) else "The %s is zero" % word
            for where, fools in (("central", DIRECTORY), ("local", STREAMING)):
                text = "%s in the %s header only; fools %s." % (what, where, fools)
                lie("%s-%s.zip" % (file, where), "a.txt", text, zip_of(entry("a.txt", data, **{where: wrong})))
            text = what + " in both headers; fools those who trust headers more than the data."
            lie(file + ".zip", "a.txt" if field == "size" else "-", text, zip_of(entry("a.txt", data, **wrong), entry("b.txt")))
    lie(
        "slack.zip",
        "a.txt",
        "Bytes inside the compressed size but behind the deflated data's end; a hiding place that all skip.",
        zip_of(entry("a.txt", data, body=body + b"hidden")),
    )
    lie(
        "deflate-unfinished.zip",
        "a.txt",
        "Deflated data without a last block; fools those who stop when the size is reached.",
        zip_of(entry("a.txt", data, body=quote(data))),
    )
    lie(
        "deflate-broken.zip",
        "a.txt",
        "Deflated data with a block type that does not exist; fools those who keep what came out before.",
        zip_of(entry("a.txt", data, body=quote(data) + b"\7")),
    )
    lie(
        "stored-sizes-differ.zip",
        "a.txt",
        "A stored file whose two sizes differ; parsers take the one or the other.",
        zip_of(entry("a.txt", data, method=0, size=5)),
    )


def zip_checksums():
    right = zlib.crc32(TEXT)
    text = "A wrong checksum in %s; fools those who never compare it."
    for method, word in ((8, ""), (0, "-stored")):
        lie("crc%s.zip" % word, "a.txt", text % "both headers", zip_of(entry("a.txt", method=method, crc=right ^ 1)))
    lie("crc-zero.zip", "a.txt", "A checksum of zero in both headers, which some take for none.", zip_of(entry("a.txt", crc=0)))
    for where in ("central", "local"):
        data = zip_of(entry("a.txt", **{where: {"crc": right ^ 1}}))
        lie("crc-%s.zip" % where, "a.txt", text % ("the %s header only" % where), data)


def zip_four_gib():
    packed, at = len(deflate(TEXT)), 0
    text = "The zip64 field says 4 GiB more than the %s; fools those who keep 32 bits of it."
    wrong = {"packed": WIDE, "extra": extra64(packed + GIB4)}
    lie("4gib-packed.zip", "-", text % "compressed size", zip_of(entry("a.txt", central=wrong)))
    text = "The %s in the zip64 field is negative to those who know signed numbers only."
    lie("negative-packed.zip", "a.txt", text % "compressed size", zip_of(entry("a.txt", central={"packed": WIDE, "extra": extra64(GIB4 * GIB4 - 9)})))
    lie("negative-offset.zip", "-", text % "local header's place", zip_of(entry("a.txt", central={"at": WIDE, "extra": extra64(1 << 63)})))
    text = "The zip64 field says 4 GiB more than the %s; fools those who keep 32 bits of it."
    wrong = {"at": WIDE, "extra": extra64(at + GIB4)}
    lie("4gib-offset.zip", "-", text % "local header's place", zip_of(entry("a.txt", central=wrong)))
    text = "A zip64 field with another %s beside a 32-bit one that is not all ones; parsers obey the one or the other."
    for field, values in (("size", (6, packed)), ("packed", (5, packed + 1))):
        data = zip_of(entry("a.txt", extra=extra64(*values)))
        lie("zip64-beside-%s.zip" % field, "a.txt", text % field, data)
    archive = Zip(entry("a.txt"))
    count, size, start = archive.extent()
    text = "The directory's %s is 4 GiB more in the 64-bit end record; fools those who keep 32 bits of it."
    lie("4gib-directory.zip", "-", text % "place", archive.bytes64(of=(count, size, start + GIB4)))
    lie("4gib-directory-size.zip", "-", text % "size", archive.bytes64(of=(count, size + GIB4, start)))
    text = "The directory's place and size meet its end only where 64 bits run over; fools those who add without a check."
    lie("wrapped-directory.zip", "-", text, archive.bytes64(of=(count, GIB4 * GIB4 - 100, start + size + 100)))
    lie("wrapped-directory-twice.zip", "-", text, archive.bytes64(of=(count, (1 << 63) + start + size, 1 << 63)))
    lie("4gib-offset-end.zip", "-", "The locator points 4 GiB behind the 64-bit end record.", archive.bytes64(locator_at=start + size + GIB4))


def zip_truncated():
    archive = Zip(entry("a.txt", b"some text"), entry("b.txt"))
    data = archive.bytes()
    start = len(archive.body)
    places = {
        "magic": (4, "behind the first four bytes"),
        "local-header": (20, "in the first local header"),
        "name": (33, "in the first name"),
        "data": (40, "in the first file's data"),
        "before-directory": (start, "where the directory starts"),
        "directory": (start + 60, "in the directory"),
        "before-end": (len(data) - 22, "before the end record"),
        "end": (len(data) - 10, "in the end record"),
        "last-byte": (len(data) - 1, "before its last byte"),
    }
    for file, (length, where) in places.items():
        text = "A zip that is cut off %s; fools %s." % (where, STREAMING)
        lie("truncated-%s.zip" % file, "-", text, data[:length])


def zip_extra_bytes():
    one, two = entry("a.txt"), entry("b.txt")
    hidden = entry("hidden.txt")
    plain = Zip(one, two)
    behind = "%s behind the end record; fools those who look for the end from the back."
    for file, more, what in (
        ("nul", b"\0", "A zero byte"),
        ("newline", b"\n", "A line break"),
        ("text", b"#!/bin/sh\n", "A script"),
        ("zeros", bytes(512), "512 zeros"),
    ):
        lie("trailing-%s.zip" % file, "-", behind % what, plain.bytes() + more)
    gap = "%s between %s; a hiding place, where some parsers find an entry."
    lie("gap-entries.zip", "-", gap % ("A few bytes", "two entries"), Zip(one).put(b"hidden").add(two).bytes())
    lie("gap-directory.zip", "-", gap % ("A few bytes", "the last entry and the directory"), Zip(one).put(b"hidden").bytes())
    lie("gap-end.zip", "-", gap % ("A few bytes", "the directory and the end record"), Zip(one).bytes(before_end=b"hidden"))
    lie("padded-entries.zip", "-", gap % ("Zeros", "two entries"), Zip(one).put(bytes(64)).add(two).bytes())
    lie("padded-directory.zip", "-", gap % ("Zeros", "the last entry and the directory"), Zip(one).put(bytes(64)).bytes())
    lie("padded-end.zip", "-", gap % ("Zeros", "the directory and the end record"), Zip(one).bytes(before_end=bytes(64)))
    padded_start = Zip().put(bytes(64)).add(one).bytes()
    text = "Zeros before the first entry; fools those who look for the end from the back."
    refuse("lie-padded-start.zip", "lie", "NOT_AN_ARCHIVE", "-", text, padded_start)
    prefix = "%s before the first entry, with places that %s it; fools %s."
    script = b"#!/bin/sh\nexit\n"
    counted = Zip().put(script).add(one).bytes()
    refuse("lie-prefix-counted.zip", "lie", "NOT_AN_ARCHIVE", "-", prefix % ("A script", "count", DIRECTORY), counted)
    refuse("lie-prefix-uncounted.zip", "lie", "NOT_AN_ARCHIVE", "-", prefix % ("A script", "do not count", DIRECTORY), script + Zip(one).bytes())
    whole = Zip().hide(hidden).body
    lie("prefix-entry.zip", "-", prefix % ("A whole entry that no directory lists", "do not count", STREAMING), whole + Zip(one).bytes())


def zip_descriptors():
    add = lambda file, what, each: lie("descriptor-" + file, "a.txt", what, zip_of(each, entry("b.txt")))
    wrong = "The data descriptor's %s is wrong%s; fools " + DIRECTORY + "."
    body = deflate(TEXT)
    for method, file, word in ((8, "", ""), (0, "stored-", ", for a stored file")):
        length = len(body) if method else len(TEXT)
        add(file + "crc.zip", wrong % ("checksum", word), streamed("a.txt", method=method, crc=1))
        add(file + "size.zip", wrong % ("size", word), streamed("a.txt", method=method, size=4))
        add(file + "packed.zip", wrong % ("compressed size", word), streamed("a.txt", method=method, packed=length + 1))
    add("wide-size.zip", wrong % ("size", ", in 64 bits"), streamed("a.txt", wide=True, size=5 + GIB4))
    add("unsigned-crc.zip", wrong % ("checksum", ", without a signature"), streamed("a.txt", signature=b"", crc=1))
    add("signature.zip", "A data descriptor with a signature that is none; fools those who skip four bytes.", streamed("a.txt", signature=b"PK\7\7"))
    add("local-crc.zip", "A wrong checksum in a local header that should leave it to the data descriptor.", streamed("a.txt", local={"crc": 1}))
    add("local-size.zip", "A wrong size in a local header that should leave it to the data descriptor.", streamed("a.txt", local={"size": 4}))
    add("local-packed.zip", "A wrong compressed size in a local header that should leave it to the data descriptor.", streamed("a.txt", local={"packed": 4}))
    missing = streamed("a.txt")
    missing["local"]["descriptor"] = b""
    lie("descriptor-missing.zip", "-", "A flag that says a data descriptor follows, and none does; fools " + DIRECTORY + ".", zip_of(missing, entry("b.txt")))
    surplus = entry("a.txt", descriptor=descriptor(TEXT, body))
    lie("descriptor-surplus.zip", "-", "A data descriptor that no flag announces; fools " + DIRECTORY + ".", zip_of(surplus, entry("b.txt")))
    inner = b"ab" + descriptor(b"ab", b"ab") + b"cd"
    lie(
        "descriptor-in-stored.zip",
        "-",
        "A stored file whose content holds a data descriptor and an entry behind it; fools " + STREAMING + ".",
        stored_with_two_ends(inner),
    )


def stored_with_two_ends(content):
    """The directory ends the file at the first descriptor in it, a searching parser does too."""
    whole = streamed("a.txt", content, method=0)
    short = {"size": 2, "packed": 2, "crc": zlib.crc32(b"ab")}
    whole["central"].update(short)
    return zip_of(whole, entry("b.txt"))


def zip_end_records():
    one, two = entry("a.txt"), entry("b.txt")
    plain = Zip(one, two)
    count, size, at = plain.extent()
    numbers = {
        "disk": ({"disk": 1}, "The end record says this is the second disk"),
        "first-disk": ({"first_disk": 1}, "The end record says the directory starts on another disk"),
        "count-here": ({"here": 1}, "The end record counts one entry here and two in all"),
        "comment-long": ({"comment_size": 9}, "The comment is said to be longer than the file"),
    }
    for file, (wrong, what) in numbers.items():
        lie("end-%s.zip" % file, "-", what + "; parsers believe it or do not look.", plain.bytes(**wrong))
    lie("end-comment-short.zip", "-", "The comment is said to be shorter than it is.", comment_said_shorter(plain))
    lie("entry-disk.zip", "a.txt", "An entry says it starts on another disk.", zip_of(entry("a.txt", central={"disk": 1})))
    text = "The comment holds %s; fools those who look for it from the %s."
    lie("comment-end.zip", "-", text % ("another end record that ends the file as well", "back"), plain.bytes(comment=b"hello" + end_record(0, 0, at + size)))
    lie("comment-end64.zip", "-", text % ("a 64-bit end record", "back"), plain.bytes(comment=end64(count, size, at)))
    lie("comment-locator.zip", "-", text % ("a locator of a 64-bit end record", "back"), plain.bytes(comment=locator(0)))
    lie("comment-end-first.zip", "-", text % ("the start of an end record only", "front"), plain.bytes(comment=b"PK\5\6"))


def comment_said_shorter(archive):
    return archive.bytes(comment=b"a l") + b"onger comment"


def zip64_records():
    one, two, other = entry("a.txt"), entry("b.txt"), entry("c.txt")
    plain = Zip(one)
    count, size, at = plain.extent()
    here = at + size
    add = lambda file, what, data: lie("zip64-" + file, "-", what, data)
    add("other-directory.zip", "The 64-bit end record points to another directory than the 32-bit one; each parser shows another file.", two_directories())
    add("count-differs.zip", "The 64-bit end record counts two entries and the 32-bit one counts one.", Zip(one, two).bytes64(end={"here": 1, "total": 1}))
    add("size-differs.zip", "The directory's size differs between the two end records.", plain.bytes64(end={"size": size - 1}))
    add("place-differs.zip", "The directory's place differs between the two end records.", plain.bytes64(end={"at": at - 1}))
    add("no-locator.zip", "A 64-bit end record without its locator; some parsers search for it.", plain.bytes(before_end=end64(count, size, at)))
    add("no-end.zip", "A locator without a 64-bit end record; some parsers go on without.", plain.bytes(before_end=locator(here)))
    add("locator-elsewhere.zip", "The locator points at the first entry instead of the 64-bit end record.", plain.bytes64(locator_at=0))
    add("locator-off.zip", "The locator points one byte beside the 64-bit end record; some parsers search for it.", plain.bytes64(locator_at=here + 1))
    add("disks.zip", "The locator counts two disks.", plain.bytes64(disks=2))
    add("disk.zip", "The 64-bit end record says this is the second disk.", plain.bytes64(disk=1))
    add("here.zip", "The 64-bit end record counts no entry here and one in all.", plain.bytes64(here=0))
    add("record-long.zip", "The 64-bit end record says it is longer than its place.", plain.bytes64(record=80))
    add("record-more.zip", "The 64-bit end record has room for more, in which something is hidden.", plain.bytes64(record=50, more=b"hidden"))
    add("missing.zip", "The end record leaves all to a 64-bit one that is not there.", plain.bytes(here=0xFFFF, total=0xFFFF, size=WIDE, at=WIDE))


def two_directories():
    shown_first, hidden = entry("a.txt"), entry("b.txt")
    archive = Zip(shown_first)
    first = archive.directory
    archive.hide(hidden)
    start = len(archive.body)
    second = central_header(hidden, len(Zip(shown_first).body))
    big = end64(1, len(second), start + len(first)) + locator(start + len(first) + len(second))
    return archive.body + first + second + big + end_record(1, len(first), start)


def zip_extra_fields():
    packed = len(deflate(TEXT))
    wide = {"size": WIDE, "packed": WIDE}
    once = extra64(5, packed)
    add = lambda file, what, each: lie("extra-" + file, "a.txt", what, zip_of(each))
    add("zip64-twice.zip", "The zip64 field stands there twice; parsers take the first or the last.", entry("a.txt", extra=once + extra64(5, packed), **wide))
    add("zip64-twice-differing.zip", "Two zip64 fields that contradict each other; parsers take the first or the last.", entry("a.txt", extra=once + extra64(6, packed), **wide))
    add("zip64-short.zip", "A zip64 field that is too short for what it must hold.", entry("a.txt", extra=extra64(5), **wide))
    add("zip64-missing.zip", "Sizes that are left to a zip64 field that is not there.", entry("a.txt", **wide))
    add("zip64-central-missing.zip", "The zip64 field stands in the local header only.", entry("a.txt", local={"extra": once}, **wide))
    add("too-long.zip", "An extra field that says it is longer than its place.", entry("a.txt", extra=struct.pack("<HH", 0x5455, 50) + b"\1"))
    add("stray-bytes.zip", "Three bytes behind the last extra field, which are no field.", entry("a.txt", extra=extra(0x5455, b"\0") + b"abc"))
    add("too-long-local.zip", "An extra field in the local header that says it is longer than its place.", entry("a.txt", local={"extra": struct.pack("<HH", 0x5455, 50) + b"\1"}))


def zip_lengths():
    text = "The %s of the first entry is said to be longer than the file, in the %s header; fools those who do not look where the file ends."
    for where in ("local", "central"):
        for field, word in (("name_size", "name"), ("extra_size", "extra field")):
            data = zip_of(entry("a.txt", **{where: {field: 0xFFFF}}))
            lie("long-%s-%s.zip" % (word.replace(" ", "-"), where), "-", text % (word, where), data)
    data = zip_of(entry("a.txt", central={"comment_size": 0xFFFF}))
    lie("long-comment-central.zip", "-", text % ("comment", "central"), data)
    swallowed = central_header(entry("b.txt"), len(Zip(entry("a.txt")).body))
    data = zip_of(entry("a.txt", central={"comment_size": len(swallowed)}), entry("b.txt"))
    lie("swallowing-comment.zip", "-", "The first entry's comment is said to be so long that it swallows the next entry of the directory.", data)


def zip_litter():
    """What is dropped is checked all the same."""
    what = "A Mac's litter with %s; fools those who drop it unread."
    broken = zip_of(entry("a.txt"), entry("__MACOSX/._a.txt", crc=1))
    lie("litter-crc.zip", "__MACOSX/._a.txt", what % "a wrong checksum", broken)
    size = zip_of(entry("a.txt"), entry(".DS_Store", size=9))
    lie("litter-size.zip", ".DS_Store", what % "a wrong size", size)


def zip_folders():
    add = lambda file, name, what, each: lie("folder-" + file, name, what, zip_of(entry("b.txt"), each))
    add("with-content.zip", "a/", "A folder with content, which most never read.", entry("a/", method=0, mode=FOLDER))
    add("with-content-deflated.zip", "a/", "A folder with deflated content, which most never read.", entry("a/", mode=FOLDER))
    add("mode-of-a-folder.zip", "a", "A file by its name and a folder by its Unix mode; parsers make the one or the other.", entry("a", b"", mode=FOLDER))
    add("bit-of-a-folder.zip", "a", "A file by its name and a folder by its DOS bit; parsers make the one or the other.", entry("a", b"", made=20, mode=0, dos=16))


def gzip_lies():
    inner = tar(member("a.txt", TEXT))
    plain = gzip(inner)
    crc, size = zlib.crc32(inner), len(inner)
    add = lambda file, what, data: lie("gzip-" + file + ".tar.gz", "-", what, data)
    add("crc", "A wrong checksum; fools those who stop at the tar's end.", gzip(inner, crc=crc ^ 1))
    add("size", "A wrong length; fools those who stop at the tar's end.", gzip(inner, size=size + 1))
    add("method", "A compression method that does not exist.", gzip(inner, method=7))
    for bit in (5, 6, 7):
        add("flag-%d" % bit, "A reserved flag, which a later form might give a meaning.", gzip(inner, flags=1 << bit))
    add("header-crc", "A wrong checksum of gzip's header, which few compare.", gzip(inner, flags=2, fields=b"\1\2"))
    add("name-unfinished", "A file name in gzip's header that never ends.", plain[:3] + b"\x08" + plain[4:10] + b"a" * 40)
    add("extra-too-long", "An extra field in gzip's header that is longer than the file.", gzip(inner, flags=4, fields=b"\xff\xff"))
    add("trailing-byte", "A byte behind gzip's end.", plain + b"x")
    add("trailing-zeros", "Zeros behind gzip's end, as tapes have them.", plain + bytes(64))
    add("trailing-magic", "The start of another member behind gzip's end.", plain + b"\x1f\x8b")
    add("two-members", "Two tars in two members: some read the first only, some both.", plain + gzip(tar(member("b.txt", TEXT))))
    add("split", "One tar in two members: some read the first only, some both.", gzip(inner[:512]) + gzip(inner[512:]))
    add("empty-member", "An empty member behind the first.", plain + gzip(b""))
    places = {
        "header": (6, "in gzip's header"),
        "data": (len(plain) // 2, "in its data"),
        "trailer": (len(plain) - 5, "in its trailer"),
        "no-trailer": (len(plain) - 8, "before its trailer"),
        "last-byte": (len(plain) - 1, "before its last byte"),
    }
    for file, (length, where) in places.items():
        add("truncated-" + file, "A tar.gz that is cut off %s; fools those who stop at the tar's end." % where, plain[:length])
