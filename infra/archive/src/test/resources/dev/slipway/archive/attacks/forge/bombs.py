"""Bombs, and archives in archives."""

from .formats import *
from .samples import *

# Bombs


def bomb():
    million = 3 << 19
    zeros = "One file of 1.5 MiB zeros in under 2 KB; fills the disk of those who do not count."
    many = "Four files that are harmless alone and a bomb together; fools limits for each file."
    behind = "The bomb lies in the zeros behind the tar's end; fools those who count entries only."
    quarter = [b"\0", million // 4]
    ratio = "RATIO_TOO_HIGH"
    head = header("zeros", million)
    refuse("bomb-zeros.zip", "bomb", ratio, "-", zeros, zip_of(entry("zeros", parts=[million])))
    refuse("bomb-zeros.tar.gz", "bomb", ratio, "-", zeros, gzip(head, million + 1024))
    refuse("bomb-many.zip", "bomb", ratio, "-", many, zip_of(*(entry(each, parts=quarter) for each in "abcd")))
    refuse("bomb-behind-the-end.tar.gz", "bomb", ratio, "-", behind, gzip(header("a.txt"), 1024 + million))
    litter = "The bomb is a Mac's litter; fools those who count what they keep only."
    refuse("bomb-in-litter.zip", "bomb", ratio, "-", litter, zip_of(entry("a.txt"), entry(".DS_Store", parts=[million])))
    overlaps()
    declared()
    counts()


def overlap(file, what, data):
    what += "; fools those who check no ranges and multiplies without end."
    refuse("bomb-overlap-" + file, "bomb", "DAMAGED", "-", what, data)


def overlaps():
    overlap("full.zip", "Five directory entries for one and the same local entry", full_overlap())
    overlap("quoted.zip", "Each file's deflated data quotes the next one's header and then goes on into its data", quoted(giant=False))
    overlap("giant-steps.zip", "Each file's deflated data quotes all headers behind it at once, then shares the kernel", quoted(giant=True))
    overlap("extra-quoted.zip", "Each file's extra field holds the headers of all behind it, and all share the kernel", extra_quoted())
    inner = entry("b.txt", method=0)
    overlap("nested.zip", "One stored file lies wholly in the content of another", nested_overlap(inner))
    overlap("tail.zip", "One file ends in the middle of the next one's data", tail_overlap())
    overlap("directory.zip", "A stored file goes on into the zip's own directory", directory_overlap())


def full_overlap():
    archive = Zip(entry("0", parts=[1000]))
    for name in "1234":
        archive.directory += central_header(entry(name, parts=[1000]), 0)
        archive.count += 1
    return archive.bytes()


def quoted(giant):
    """After the two quoting forms of a bomb without recursion, with a small kernel.

    From the last file to the first, each one's data is what stands behind its header: the headers of
    those behind it as deflate's plain blocks, one each or one for all, then the kernel.
    """
    kernel, plain = deflate(1000), bytes(1000)
    entries, headers, stream, data = [], b"", kernel, plain
    for name in "43210":
        if giant and headers:
            stream, data = quote(headers) + kernel, headers + plain
        each = entry(name, data, body=stream)
        entries.insert(0, each)
        head = local_header(each)
        headers = head + stream[: len(stream) - len(kernel)]
        stream, data = quote(head) + stream, head + data
    archive = Zip().hide(entries[0])
    at = 0
    for each in entries:
        archive.directory += central_header(each, at)
        archive.count += 1
        at += len(local_header(each)) + len(quote(b""))
    return archive.bytes()


def extra_quoted():
    kernel = deflate(1000)
    entries, behind = [], b""
    for name in "43210":
        each = entry(name, parts=[1000], local={"extra": extra(0x5151, behind) if behind else b""})
        entries.insert(0, each)
        behind = local_header(each)
    archive = Zip().put(behind + kernel)
    for each in entries:
        at = len(behind) - len(local_header(each))
        archive.directory += central_header(each, at)
        archive.count += 1
    return archive.bytes()


def nested_overlap(inner):
    content = local_header(inner) + TEXT
    archive = Zip(entry("a.bin", content, method=0))
    archive.directory += central_header(inner, len(local_header(entry("a.bin"))))
    archive.count += 1
    return archive.bytes()


def tail_overlap():
    second = entry("b.txt", b"0123456789", method=0)
    shared = local_header(second) + b"01234"
    first = entry("a.bin", shared, method=0)
    archive = Zip().put(local_header(first)).put(local_header(second) + b"0123456789")
    archive.directory = central_header(first, 0) + central_header(second, len(local_header(first)))
    archive.count = 2
    return archive.bytes()


def directory_overlap():
    size = len(TEXT) + 46 + len("a.txt")
    return zip_of(entry("a.txt", method=0, packed=size, size=size))


def declared():
    large, half = 600 << 20, 500 << 20
    what = "A file of 5 bytes that says it has %s; fools those who make room for what is said."
    refuse("bomb-declared.zip", "bomb", "FILE_TOO_LARGE", "a.bin", what % "600 MB", zip_of(entry("a.bin", size=large)))
    wide = {"size": WIDE, "extra": extra64(1 << 40)}
    both = {"size": WIDE, "extra": extra64(1 << 40, len(deflate(TEXT))), "packed": WIDE}
    tera = zip_of(entry("a.bin", local=both, central=wide))
    refuse("bomb-declared-zip64.zip", "bomb", "FILE_TOO_LARGE", "a.bin", what % "1 TB in its zip64 field", tera)
    five = zip_of(*(entry(name, size=half) for name in "abcde"))
    refuse(
        "bomb-declared-sum.zip",
        "bomb",
        "EXPANDED_TOO_LARGE",
        "-",
        "Five files that say they have 500 MB each; fools limits for each file.",
        five,
    )
    head = tar(header("a.bin", large), TEXT, end=b"")
    refuse("bomb-declared.tar", "bomb", "FILE_TOO_LARGE", "a.bin", what % "600 MB, in a tar that is cut off", head)
    refuse("bomb-declared.tar.gz", "bomb", "FILE_TOO_LARGE", "a.bin", what % "600 MB, in a tar that is cut off", gzip(head))
    head = tar(header("a.bin", base256(1 << 62)), TEXT, end=b"")
    refuse("bomb-declared-base256.tar", "bomb", "FILE_TOO_LARGE", "a.bin", what % "4 EB in base 256, in a tar that is cut off", head)


def counts():
    archive = Zip(entry("a.txt"))
    _, size, at = archive.extent()
    million = archive.bytes64(of=(1_000_000, size, at))
    what = "The 64-bit end record counts %s entries where there is one; fools those who make room for them."
    refuse("bomb-count.zip", "bomb", "TOO_MANY_ENTRIES", "-", what % "a million", million)
    huge = archive.bytes64(of=(1 << 62, size, at))
    refuse("bomb-count-huge.zip", "bomb", "TOO_MANY_ENTRIES", "-", what % "2 to the power of 62", huge)


# Archives in archives


def nested():
    inner = tar(member("a.txt", TEXT))
    what = "%s; fools those who unpack until nothing is packed any more."
    add = lambda file, text, data: refuse("nested-" + file, "nested", "NOT_AN_ARCHIVE", "-", what % text, data)
    add("gzip-twice.tar.gz", "A tar compressed with gzip twice", gzip(gzip(inner)))
    add("zip.gz", "A zip compressed with gzip", gzip(zip_of(entry("a.txt"))))
    add("bomb.gz", "A gzip of a gzip of zeros", gzip(gzip(b"\0", 1 << 18)))
    opaque_bytes()


def opaque_bytes():
    inner = zip_of(entry("../evil.txt"), entry("b.txt"))
    ball = gzip(tar(header("link", type="2", link="/etc/passwd")))
    zeros = zip_of(entry("zeros", parts=[3 << 19]))
    what = "An archive in %s, with an attack in it that unpacks nobody: bytes like any other."
    for_zip = zip_of(entry("in.zip", inner, method=0), entry("in.tgz", ball))
    for_tar = tar(member("in.zip", inner), member("in.tgz", ball))
    files = "in.tgz=%d in.zip=%d" % (len(ball), len(inner))
    accept("accepted-nested.zip", files, what % "a zip", for_zip)
    accept("accepted-nested.tar", files, what % "a tar", for_tar)
    accept("accepted-nested.tar.gz", files, what % "a tar.gz", gzip(for_tar))
    bombs = zip_of(*(entry(name + ".zip", zeros, method=0) for name in "ab"))
    files = "a.zip=%d b.zip=%d" % (len(zeros), len(zeros))
    accept("accepted-nested-bombs.zip", files, "Bombs in a zip: nobody inflates them, so they are small files.", bombs)
