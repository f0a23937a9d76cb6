"""Files that are two things, encrypted, or compressed in another way."""

import struct

from .formats import *
from .samples import *

# Encrypted, or compressed in another way


def unsupported():
    flags = {
        "encrypted": (1, "A file with zip's own encryption"),
        "encrypted-strong": (1 | 1 << 6, "A file with PKWARE's strong encryption"),
        "encrypted-strong-only": (1 << 6, "The flag for strong encryption without the one for encryption"),
        "encrypted-masked": (1 << 13, "The flag for local headers that are masked"),
        "encrypted-masked-strong": (1 | 1 << 6 | 1 << 13, "A file with strong encryption and masked headers"),
    }
    for file, (flag, what) in flags.items():
        what += "; what nobody can read, nobody can check."
        data = zip_of(entry("a.txt"), entry("b.txt", flags=flag))
        refuse("unsupported-%s.zip" % file, "unsupported", "ENCRYPTED", "b.txt", what, data)
    aes = extra(0x9901, struct.pack("<HHBH", 2, 0x4541, 3, 8))
    what = "A file with WinZip's AES encryption; what nobody can read, nobody can check."
    data = zip_of(entry("a.txt"), entry("b.txt", method=99, flags=1, extra=aes))
    refuse("unsupported-encrypted-aes.zip", "unsupported", "ENCRYPTED", "b.txt", what, data)
    methods = {
        1: "shrunk", 2: "reduced", 6: "imploded", 9: "deflate64", 10: "dcl-imploded", 12: "bzip2", 14: "lzma",
        19: "lz77", 93: "zstd", 95: "xz", 97: "wavpack", 98: "ppmd", 99: "aes", 0xFFFF: "unknown",
    }
    for method, word in methods.items():
        what = "Method %d (%s), which only some parsers know; others skip the file or its checksum." % (method, word)
        data = zip_of(entry("a.txt"), entry("b.txt", method=method))
        refuse("unsupported-%s.zip" % word, "unsupported", "UNSUPPORTED_COMPRESSION", "b.txt", what, data)


# Files that are two things


def polyglot():
    zipped = zip_of(entry("a.txt"))
    plain = tar(member("b.txt", TEXT))
    starts = {
        "exe": (b"MZ\x90\0" + bytes(60), "A program for Windows"),
        "elf": (b"\x7fELF\2\1\1" + bytes(57), "A program for Linux"),
        "png": (b"\x89PNG\r\n\x1a\n" + bytes(25), "An image"),
        "gif": (b"GIF89a\1\0\1\0\0\0\0;", "An image"),
        "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(9), "An image"),
        "pdf": (b"%PDF-1.4\n%%EOF\n", "A document"),
        "html": (b"<!doctype html><script>0</script>\n", "A web page"),
        "script": (b"#!/bin/sh\nexit 0\n", "A script"),
        "class": (b"\xca\xfe\xba\xbe\0\0\0\x45" + bytes(8), "A Java class"),
    }
    for file, (start, what) in starts.items():
        what += " before a zip; those who look from the front see the one, those from the back the other."
        shifted = Zip().put(start).add(entry("a.txt")).bytes()
        refuse("polyglot-%s.zip" % file, "polyglot", "NOT_AN_ARCHIVE", "-", what, shifted)
    behind = "A whole %s, then a whole %s; those who look from the front see the one, those from the back the other."
    add = lambda file, what, data: refuse("polyglot-" + file, "polyglot", "DAMAGED", "-", what, data)
    add("tar-then-zip.tar", behind % ("tar", "zip"), plain + Zip(entry("a.txt")).bytes())
    add("tgz-then-zip.tar.gz", behind % ("tar.gz", "zip"), gzip(plain) + zipped)
    add("zip-then-tar.zip", behind % ("zip", "tar"), zipped + plain)
    add("zip-then-tgz.zip", behind % ("zip", "tar.gz"), zipped + gzip(plain))
    add("tgz-with-a-zip-inside.tar.gz", "A gzip whose header's comment holds a zip, and the zip's end record behind it.", zip_in_gzip_comment(plain))
    named = tar(header(b"PK\3\4\x14"), header("a.txt"))
    add("tar-named-like-a-zip.tar", "A tar whose first name are the first bytes of a zip.", named)
    refuse("polyglot-gzip-then-zip.zip", "polyglot", "DAMAGED", "-", behind % ("gzip of a text", "zip"), gzip(b"a text") + zipped)


def zip_in_gzip_comment(plain):
    """A comment has no NUL, so that only the extra field has room for a zip."""
    field = Zip(entry("a.txt")).body
    packed = gzip(plain, flags=4, fields=struct.pack("<H", len(field)) + field)
    archive = Zip().put(packed)
    listed = central_header(entry("a.txt"), 12)
    return packed + listed + end_record(1, len(listed), len(archive.body))
