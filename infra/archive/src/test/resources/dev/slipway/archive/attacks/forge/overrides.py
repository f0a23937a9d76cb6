"""What tars say twice."""

from .formats import *
from .samples import *


def tars(file, entry, what, data, rule="DAMAGED"):
    refuse("tar-" + file, "tar", rule, entry, what, data)


def tar_overrides():
    pax_overrides()
    pax_records()
    global_headers()
    sparse()
    tar_numbers()
    tar_chains()
    tar_ends()


def pax_overrides():
    hidden = tar(header("hidden.txt"), end=b"")
    file = lambda size: member("a.txt", hidden, size=size)
    skip = "; fools those who trust the header block, or those who trust pax."
    tars("pax-size-more.tar", "-", "A pax size of 512 over a header's size of 0, so that a whole entry is content" + skip, tar(pax(("size", "512")), file(0)))
    tars("pax-size-less.tar", "-", "A pax size of 0 over a header's size of 512, so that content is a whole entry" + skip, tar(pax(("size", "0")), file(512)))
    tars("pax-size-off-by-one.tar", "-", "A pax size that differs by a byte from the header's" + skip, tar(pax(("size", "6")), member("a.txt", TEXT)))
    tars("pax-size-huge.tar", "-", "A pax size of 8 EB over a header's size of 0" + skip, tar(pax(("size", str((1 << 63) - 1))), header("a.txt")))
    for value, word in (("-5", "negative"), ("5x", "no number"), ("", "empty"), (" 5", "led by a space"), ("0x5", "hexadecimal"), ("5.0", "a fraction"), ("1" * 40, "40 digits long")):
        name = "pax-size-%s.tar" % word.replace(" ", "-")
        tars(name, "-", "A pax size that is %s; each parser makes its own number of it." % word, tar(pax(("size", value)), member("a.txt", TEXT)))
    twice = "The pax record %s stands there twice; parsers take the first or the last."
    tars("pax-path-twice.tar", "-", twice % "path", tar(pax(("path", "b.txt"), ("path", "c.txt")), header("a.txt")))
    tars("pax-path-twice-same.tar", "-", twice % "path, with one value,", tar(pax(("path", "b.txt"), ("path", "b.txt")), header("a.txt")))
    tars("pax-size-twice.tar", "-", twice % "size", tar(pax(("size", "5"), ("size", "5")), member("a.txt", TEXT)))
    link = "A pax record that makes a file's entry a link to another name for those who look for it."
    tars("pax-linkpath.tar", "-", link, tar(pax(("linkpath", "/etc/passwd")), header("a.txt")), "LINK_OR_SPECIAL")
    compressed = gzip(tar(pax(("size", "512")), file(0)))
    tars("pax-size-more.tar.gz", "-", "A pax size of 512 over a header's size of 0, compressed" + skip, compressed)


def pax_records():
    add = lambda file, what, *records: tars("pax-record-%s.tar" % file, "-", what, tar(pax(*records), header("a.txt")))
    good = record("path", "b.txt")
    add("length-long", "A record that says it is longer than the header; some read on into the next block.", b"99 path=b.txt\n")
    add("length-short", "A record that says it is shorter than it is; the rest is read as another one.", b"9 path=b.txt\n")
    add("length-zero", "A record of length zero, at which careless parsers turn for ever.", b"0 path=b.txt\n")
    add("length-missing", "A record without a length.", b" path=b.txt\n")
    add("length-sign", "A record whose length has a sign, which some accept.", b"+16 path=ab.txt\n")
    add("length-negative", "A record of negative length, at which careless parsers go back.", b"-15 path=b.txt\n")
    add("length-letters", "A record whose length is no number.", b"ab path=b.txt\n")
    add("length-digits", "A record whose length has 30 digits.", b"0" * 28 + b"40 path=b.txt\n")
    add("no-newline", "A record that does not end with a line break.", good[:-1] + b"x")
    add("no-equals", "A record without an equals sign.", b"14 path b.txt\n")
    add("no-key", "A record without a key.", b"10 =b.txt\n")
    add("no-space", "A record without a space behind its length.", b"14path=b.txt1\n")
    add("trailing", "Bytes behind the last record, which are no record.", good, b"hidden")
    add("trailing-zeros", "Zeros behind the last record, at which some stop.", good, bytes(8), record("path", "c.txt"))
    huge = "A pax header of %s; fills the memory of those who keep it."
    comment = pax(record("comment", "x" * 70000))
    tars("pax-huge.tar.gz", "-", huge % "70,000 bytes, compressed", gzip(tar(comment, header("a.txt"))))
    declared = header("PaxHeaders/x", (8 << 30) - 1, "x")
    tars("pax-huge-declared.tar", "-", huge % "8 GB, as its header says", tar(declared, record("comment", "x"), header("a.txt")))
    wide = header("PaxHeaders/x", base256(1 << 62), "x")
    tars("pax-huge-base256.tar", "-", huge % "4 EB, as its header says in base 256", tar(wide, header("a.txt")))
    tars("pax-cut-off.tar", "-", "A pax header that is cut off.", tar(pax(("path", "b.txt")), end=b"")[:600])
    long = member("././@LongLink", b"a" * 70000 + b"\0", "L", magic=GNU)
    tars("gnu-huge.tar.gz", "-", "A GNU long name of 70,000 bytes; fills the memory of those who keep it.", gzip(tar(long, header("a.txt", magic=GNU))))


def global_headers():
    add = lambda file, key, value, what: tars(
        "global-%s.tar" % file, "-", what, tar(pax((key, value), type="g"), header("a.txt"), header("b.txt"))
    )
    add("path", "path", "evil.txt", "A global header that gives every entry the same name; some obey it and some do not.")
    add("path-slip", "path", "../evil.txt", "A global header that leads every entry out of the folder; some obey it and some do not.")
    add("size", "size", "512", "A global header that gives every entry another size; some obey it and some do not.")
    target = tar(pax(("linkpath", "/etc/passwd"), type="g"), header("a.txt"), header("b.txt"))
    tars("global-linkpath.tar", "-", "A global header that gives every link another target; some obey it and some do not.", target, "LINK_OR_SPECIAL")
    again = pax(("comment", "x"), type="g")
    tars("global-later.tar", "-", "A global header with a name between two entries.", tar(header("a.txt"), again, pax(("path", "evil.txt"), type="g"), header("b.txt")))


def sparse():
    text = "A sparse file %s; parsers that do not know the form read other content."
    rule = "UNSUPPORTED_COMPRESSION"
    old = bytearray(header("a.bin", 512, "S", magic=GNU))
    old[386:410] = octal(1024, 12) + octal(512, 12)
    old[483:495] = octal(1536, 12)
    old[148:156] = b" " * 8
    old[148:156] = b"%06o\0 " % sum(old)
    tars("sparse-old-gnu.tar", "a.bin", text % "of old GNU tar", tar(bytes(old), bytes(512)), rule)
    forms = {
        "0.0": [("GNU.sparse.size", "1536"), ("GNU.sparse.numblocks", "1"), ("GNU.sparse.offset", "1024"), ("GNU.sparse.numbytes", "512")],
        "0.1": [("GNU.sparse.size", "1536"), ("GNU.sparse.numblocks", "1"), ("GNU.sparse.map", "1024,512")],
        "1.0": [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "a.bin"), ("GNU.sparse.realsize", "1536")],
    }
    for version, records in forms.items():
        content = padded(b"1\n1024\n512\n") + bytes(512) if version == "1.0" else bytes(512)
        data = tar(pax(*records), member("GNUSparseFile.0/a.bin", content))
        tars("sparse-pax-%s.tar" % version, "-", text % ("of pax form " + version), data, rule)
    renamed = tar(pax(("GNU.sparse.name", "../evil.txt")), header("a.txt"))
    tars("sparse-name.tar", "-", "A name that leads out of the folder in a record for sparse files only.", renamed, rule)
    huge = tar(pax(("GNU.sparse.realsize", str(1 << 60)), ("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")), header("a.txt"))
    tars("sparse-bomb.tar", "-", "A sparse file of 1 EB without a single byte.", huge, rule)


def tar_numbers():
    def add(file, what, size, content=TEXT):
        data = tar(member("a.txt", content, size=size))
        tars("size-%s.tar" % file, "a.txt", "A size %s; each parser makes its own number of it." % what, data)

    add("negative", "with a minus sign, at which careless parsers go back", b"-0000001000\0")
    add("negative-base256", "that is negative in base 256, at which careless parsers go back", b"\xff" * 11 + b"\x00")
    add("negative-one", "of minus one in base 256", b"\xff" * 12)
    add("base256-huge", "in base 256 that has no room in 63 bits", b"\x80" + b"\xff" * 11)
    add("base256-wrapped", "in base 256 that is 5 when 64 bits are kept", b"\x80" + b"\0" * 2 + b"\1" + b"\0" * 7 + b"\5")
    add("plus", "with a plus sign", b"+0000000005\0")
    add("underscore", "with an underscore between its digits", b"000000000_5\0")
    add("digit-8", "with the digit 8, which is not octal", b"00000000008\0")
    add("hexadecimal", "in hexadecimal", b"0x000000005\0")
    add("letters", "of letters", b"abcdefghijk\0")
    add("inner-nul", "with a NUL between its digits", b"5\x000000001000"[:12])
    add("inner-space", "with a space between its digits", b"5 0000001000"[:12])
    mode = bytearray(header("a.txt"))
    mode[100:108] = b"-000644\0"
    mode[148:156] = b" " * 8
    mode[148:156] = b"%06o\0 " % sum(mode)
    tars("mode-negative.tar", "a.txt", "A mode with a minus sign, which sets all other bits.", tar(bytes(mode)))
    wrong = header("a.txt", checksum=b"000001\0 ")
    tars("checksum.tar", "-", "A wrong checksum in the first header; fools those who never compare it.", tar(wrong))
    later = header("b.txt", checksum=b"000001\0 ")
    tars("checksum-later.tar", "-", "A wrong checksum in the second header; some stop there without a word.", tar(header("a.txt"), later))
    blank = header("b.txt", checksum=b" " * 8)
    tars("checksum-blank.tar", "-", "No checksum in the second header.", tar(header("a.txt"), blank))
    content = member("a/", tar(header("hidden.txt"), end=b""), "5")
    tars("folder-with-content.tar", "a/", "A folder with content: some skip it and some read it as headers.", tar(header("b.txt"), content))
    tars("file-named-like-a-folder.tar", "a/", "A file whose name ends with a slash, a folder to some.", tar(header("b.txt"), member("a/", TEXT)))
    tars("empty-file-named-like-a-folder.tar", "a/", "An empty file whose name ends with a slash, a folder to some.", tar(header("b.txt"), header("a/")))


def tar_chains():
    one, two = ("path", "b.txt"), ("path", "c.txt")
    add = lambda file, what, *members: tars("chain-%s.tar" % file, "-", what, tar(*members))
    add("pax-pax", "Two pax headers for one entry: parsers obey the first, the last or both.", pax(one), pax(two), header("a.txt"))
    add("gnu-gnu", "Two GNU long names for one entry: parsers obey the first or the last.", long_name("b.txt"), long_name("c.txt"), header("a.txt"))
    add("pax-gnu", "A pax name, then a GNU long name: parsers obey the one or the other.", pax(one), long_name("c.txt"), header("a.txt"))
    add("gnu-pax", "A GNU long name, then a pax name: parsers obey the one or the other.", long_name("c.txt"), pax(one), header("a.txt"))
    add("pax-at-end", "A pax header at the end, for no entry.", header("a.txt"), pax(one))
    add("gnu-at-end", "A GNU long name at the end, for no entry.", header("a.txt"), long_name("b.txt"))
    add("pax-of-pax", "A pax header that gives another pax header its size.", pax(("size", "512")), pax(one), header("a.txt"))


def tar_ends():
    one, two = member("a.txt", TEXT), member("b.txt", TEXT)
    plain = tar(one)
    for compressed in (False, True):
        pack = gzip if compressed else bytes
        kind = ".tar.gz" if compressed else ".tar"
        add = lambda file, what, data: tars("end-" + file + kind, "-", what, pack(data))
        add("two-tars", "Two whole tars, one behind the other: parsers read the first or both.", plain + tar(two))
        add("garbage", "A text behind the end.", plain + b"garbage")
        add("one-block", "An entry behind a single block of zeros: some stop there and some go on.", one + bytes(512) + two + bytes(1024))
        add("far-behind", "An entry far behind the end, where tapes have zeros.", plain + bytes(9 * 512) + two)
        add("missing", "No end: nobody knows whether there was more.", one)
        add("half", "Half a block of zeros at the end.", one + bytes(256))
        add("in-header", "A tar that is cut off in a header.", one + two[:300])
        add("in-content", "A tar that is cut off in a file's content.", member("a.txt", b"x" * 600)[:700])
        add("in-padding", "A tar that is cut off in the padding behind a file's content.", one[:800])
