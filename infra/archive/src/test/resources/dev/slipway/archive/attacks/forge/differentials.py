"""What two parsers of zips read differently."""

import struct
import zlib

from .formats import *
from .samples import *


def differ(file, entry, what, data, rule="DAMAGED"):
    refuse("differential-" + file + ".zip", "differential", rule, entry, what, data)


def differential():
    headers_that_differ()
    names_that_differ()
    structures_that_differ()


def headers_that_differ():
    stored = struct.pack("<BHH", 1, 5, 0xFFFF ^ 5) + TEXT
    add = lambda file, what, **of: differ(file, "a.txt", what, zip_of(entry("a.txt", **of), entry("b.txt")))
    deflated = {"method": 8, "crc": zlib.crc32(TEXT), "size": 5}
    opened = {"method": 0, "crc": zlib.crc32(stored), "size": len(stored)}
    add("a-method-local-stored", "Stored in the local header and deflated in the directory, each right in itself.", body=stored, packed=len(stored), local=opened, central=deflated)
    add("a-method-central-stored", "Deflated in the local header and stored in the directory, each right in itself.", body=stored, packed=len(stored), local=deflated, central=opened)
    add("a-method-only", "Another method in the local header, the rest the same.", local={"method": 0})
    add("a-size", "A smaller size in the directory than in the local header and the data.", central={"size": 4})
    lie_of_both = entry("a.txt", b"ab" + local_header(entry("c.txt", method=0)) + TEXT, method=0)
    lie_of_both["local"].update({"size": 2, "packed": 2, "crc": zlib.crc32(b"ab")})
    differ("a-packed-hides-entry", "a.txt", "The local header ends the file early, so that " + STREAMING + " find another entry in its data.", zip_of(lie_of_both, entry("b.txt")))
    flags = {
        "a-flag-encrypted-local": ({"flags": 1}, "Encrypted by the local header only"),
        "a-flag-descriptor-local": ({"flags": 8}, "A data descriptor follows by the local header only"),
        "a-flag-utf8-local": ({"flags": 1 << 11}, "A name in UTF-8 by the local header only"),
        "a-flag-level-local": ({"flags": 2}, "Another level of compression in the local header"),
    }
    for file, (of, what) in flags.items():
        add(file, what + ".", local=of)
    add("a-flag-descriptor-central", "A data descriptor follows by the directory only.", central={"flags": 8})
    add("a-flag-utf8-central", "A name in UTF-8 by the directory only.", central={"flags": 1 << 11})
    for bit in (4, 5, 7, 8, 9, 10, 12, 14, 15):
        add("a-flag-%d" % bit, "A flag that few know: some parsers obey it and others do not look.", flags=1 << bit)
    add("a-crc", "A checksum of the directory's that fits other data than is there.", central={"crc": zlib.crc32(b"other")})
    differ(
        "a-descriptor",
        "a.txt",
        "Local header, data descriptor and directory say three different sizes.",
        zip_of(streamed("a.txt", size=4, local={"size": 3}), entry("b.txt")),
    )


def names_that_differ():
    add = lambda file, shown, what, **of: differ(file, shown, what, zip_of(entry("a.txt", **of), entry("b.txt")))
    local = lambda name: {"local": {"name": raw(name)}}
    add("b-name", "a.txt", "Another name in the local header; fools " + STREAMING + ".", **local("c.txt"))
    add("b-name-slip", "a.txt", "A step out of the folder in the local header only; fools " + STREAMING + ".", **local("../a.txt"))
    add("b-name-backslash", "a.txt", "A backslash in the local header's name only; fools " + STREAMING + ".", **local("a\\a.txt"))
    add("b-name-case", "a.txt", "The local header's name in other letters; fools " + STREAMING + ".", **local("A.txt"))
    add("b-name-dot", "a.txt", "A ./ before the local header's name only; fools " + STREAMING + ".", **local("./a.txt"))
    add("b-name-longer", "a.txt", "A longer name in the local header; fools " + STREAMING + ".", **local("a.txt.exe"))
    add("b-name-empty", "a.txt", "No name in the local header; fools " + STREAMING + ".", **local(""))
    add("b-slash-local", "a.txt", "A folder by the local header's name only; fools " + STREAMING + ".", **local("a.txt/"))
    other, same = unicode_path("evil.txt", "a.txt"), unicode_path("a.txt", "a.txt")
    both = "Info-ZIP's Unicode name says another name%s; parsers that know the field obey it."
    add("b-unicode-path", "a.txt", both % "", extra=other)
    add("b-unicode-path-slip", "a.txt", both % ", which leads out of the folder", extra=unicode_path("../evil.txt", "a.txt"))
    add("b-unicode-path-local", "a.txt", both % " in the local header only", local={"extra": other})
    add("b-unicode-path-central", "a.txt", both % " in the directory only", central={"extra": other})
    add("b-unicode-path-stale", "a.txt", both % ", for a name that has changed since", extra=unicode_path("evil.txt", "old.txt"))
    add("b-unicode-path-twice", "a.txt", both % " in a second field", extra=same + other)
    umlaut = b"\xe4.txt"
    decoding = "Bytes that are not UTF-8, %s; each parser decodes them its own way."
    differ("b-utf8-flag-lies", shown(umlaut), decoding % "with the flag that says they are", zip_of(entry(umlaut, flags=1 << 11)), "UNSAFE_NAME")
    cp437 = b"\x84.txt"
    differ("b-cp437", shown(cp437), decoding % "in DOS's own character set without the flag", zip_of(entry(cp437)), "UNSAFE_NAME")
    nul = "A NUL in the name%s; parsers cut it off there or do not."
    differ("b-nul", shown("a.txt\0.png"), nul % "", zip_of(entry("a.txt\0.png")), "UNSAFE_NAME")
    differ("b-nul-last", shown("a.txt\0"), nul % " at its end", zip_of(entry("a.txt\0")), "UNSAFE_NAME")
    differ("b-nul-first", shown("\0a.txt"), nul % " at its start", zip_of(entry("\0a.txt")), "UNSAFE_NAME")
    differ("b-nul-local", "a.txt", nul % " in the local header only", zip_of(entry("a.txt", **local("a.txt\0.png"))))
    pax_nul = tar(pax(("path", "a.txt\0.png")), header("b.txt"))
    gnu_nul = tar(long_name("a.txt\0.png"), header("b.txt", magic=GNU))
    refuse("differential-nul-gnu.tar", "differential", "UNSAFE_NAME", shown("a.txt\0.png"), nul % " of a GNU long name", gnu_nul)
    refuse("differential-nul.tar", "differential", "UNSAFE_NAME", shown("a.txt\0.png"), nul % " of a pax record", pax_nul)


def structures_that_differ():
    one, two, hidden = entry("a.txt"), entry("b.txt"), entry("hidden.txt")
    add = lambda file, what, data: differ(file, "-", what, data)
    plain = Zip(one, two)
    count, size, at = plain.extent()
    last = len(central_header(two, 0))
    first, second = zip_of(one), zip_of(two)
    add("c-two-zips", "Two whole zips, one behind the other: parsers show the first or the second.", first + second)
    add("c-two-zips-counted", "Two whole zips, the second with places that count the first.", two_zips_counted(one, two))
    add("c-two-ends", "Two end records, one behind the other: parsers obey the first or the second.", plain.bytes() + end_record(count, size, at))
    add("c-end-for-less", "An end record that leaves out an entry, behind the right one.", plain.bytes() + end_record(1, size - last, at))
    add("c-end-in-comment", "The comment is an end record with a directory of its own: parsers obey the first or the last.", end_in_comment(one, hidden))
    add("c-end-in-data", "A stored file at the end holds a whole zip, and the end record is cut off.", Zip(one, entry("in.zip", second, method=0)).body)
    offsets = {
        "c-place-later": ({"at": at + 1}, "The directory is said to start a byte later than it does"),
        "c-place-earlier": ({"at": at - 1}, "The directory is said to start a byte earlier than it does"),
        "c-place-zero": ({"at": 0}, "The directory is said to start where the first entry does"),
        "c-place-second": ({"at": at + last, "size": size - last, "here": 1, "total": 1}, "The directory is said to start at its second entry"),
        "c-place-outside": ({"at": 0x7FFFFFFF}, "The directory is said to start outside the file"),
        "c-size-less": ({"size": size - 1}, "The directory is said to be a byte shorter than it is"),
        "c-size-more": ({"size": size + 1}, "The directory is said to be a byte longer than it is"),
        "c-size-one-less": ({"size": size - last}, "The directory's size leaves out its last entry"),
        "c-size-zero": ({"size": 0}, "The directory is said to be empty"),
        "c-size-huge": ({"size": 0x7FFFFFFF}, "The directory is said to be larger than the file"),
        "c-count-less": ({"here": 1, "total": 1}, "The end record counts one entry less than there are"),
        "c-count-more": ({"here": 3, "total": 3}, "The end record counts one entry more than there are"),
        "c-count-wrapped": ({"here": 0xFFFF, "total": 0xFFFF}, "The end record leaves the count to a 64-bit one that is not there"),
    }
    for file, (of, what) in offsets.items():
        add(file, what + "; parsers correct it each in its own way.", plain.bytes(**of))
    entries_that_are_hidden(one, two, hidden)
    other_records(plain)


def entries_that_are_hidden(one, two, hidden):
    add = lambda file, what, data: differ(file, "-", what, data)
    text = "An entry %s that the directory leaves out; fools " + STREAMING + "."
    add("c-hidden-first", text % "at the start", Zip().hide(hidden).add(one).add(two).bytes())
    add("c-hidden-middle", text % "in the middle", Zip(one).hide(hidden).add(two).bytes())
    add("c-hidden-last", text % "at the end", Zip(one, two).hide(hidden).bytes())
    add("c-hidden-twin", "The same name twice, of which the directory lists the second only; fools " + STREAMING + ".", Zip().hide(entry("a.txt", b"evil\n")).add(one).bytes())
    inner = local_header(hidden) + hidden["local"]["body"]
    inside = Zip(entry("a.bin", inner, method=0))
    inside.directory = central_header(hidden, len(local_header(entry("a.bin"))))
    add("c-listed-inside", "The directory lists an entry inside another's data instead of that; fools " + DIRECTORY + ".", inside.bytes())
    broken = Zip(one).put(local_header(two, 0x04034B51) + two["local"]["body"])
    broken.directory += central_header(two, len(Zip(one).body))
    broken.count = 2
    add("c-no-local-header", "The directory lists an entry where no local header is; fools " + DIRECTORY + ".", broken.bytes())
    twice = Zip(one)
    twice.directory += central_header(two, 0)
    twice.count = 2
    add("c-one-local-two-names", "The directory lists one local entry under two names; fools " + DIRECTORY + ".", twice.bytes())
    add("c-moved-directory", "The directory stands before the entries that it lists.", moved_directory(one, two))


def other_records(plain):
    add = lambda file, what, data: differ(file, "-", what, data)
    signature = struct.pack("<IH", 0x05054B50, 4) + b"sign"
    count, size, at = plain.extent()
    add("c-signature", "A digital signature between the directory and the end record.", plain.bytes(before_end=signature))
    counted = plain.bytes(before_end=signature, size=size + len(signature))
    add("c-signature-counted", "A digital signature that counts as part of the directory.", counted)
    archive_extra = struct.pack("<II", 0x08064B50, 4) + b"more"
    add("c-archive-extra", "An archive extra data record between the entries and the directory.", Zip(entry("a.txt")).put(archive_extra).bytes())
    what = "The mark of a zip that was meant for several disks before the first entry."
    for file, mark in (("spanned", b"PK\7\x08"), ("spanned-temporary", b"PK00")):
        data = Zip().put(mark).add(entry("a.txt")).bytes()
        refuse("differential-c-%s.zip" % file, "differential", "NOT_AN_ARCHIVE", "-", what, data)


def two_zips_counted(one, two):
    archive = Zip().put(zip_of(one))
    return archive.add(two).bytes()


def end_in_comment(one, hidden):
    archive = Zip(one)
    behind = Zip().hide(hidden).body
    start = len(archive.body) + len(archive.directory) + 22
    listed = central_header(hidden, start)
    return archive.bytes(comment=behind + listed + end_record(1, len(listed), start + len(behind)))


def moved_directory(one, two):
    """A harmless entry first, so that the file begins as a zip does."""
    archive = Zip(one)
    start = len(archive.body)
    length = len(central_header(one, 0)) + len(central_header(two, 0))
    listed = central_header(one, 0) + central_header(two, start + length)
    return archive.put(listed).hide(two).body + end_record(2, length, start)
