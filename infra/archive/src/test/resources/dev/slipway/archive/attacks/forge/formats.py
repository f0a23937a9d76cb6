"""Zip, tar and gzip byte by byte, so that any field can lie."""

import struct
import zlib

TEXT = b"text\n"
WIDE = 0xFFFFFFFF
GIB4 = 1 << 32
REGULAR = 0o100644
UNIX = 3


# Deflate. The encoder is our own, because zlib's output differs from version to version.


class Bits:
    def __init__(self):
        self.value = 0
        self.count = 0

    def put(self, value, count):
        """A number, its lowest bit first."""
        self.value |= value << self.count
        self.count += count

    def code(self, value, count):
        """A Huffman code, its highest bit first."""
        for bit in reversed(range(count)):
            self.put(value >> bit & 1, 1)

    def bytes(self):
        return self.value.to_bytes((self.count + 7) // 8, "little")


def fixed_block(bits, data, final):
    """Fixed codes; of repetitions only runs of one byte are shortened."""
    bits.put(final, 1)
    bits.put(1, 2)
    at = 0
    while at < len(data):
        run = 0
        while at > 0 and run < 10 and data[at + run : at + run + 1] == data[at - 1 : at]:
            run += 1
        if run >= 3:
            bits.code(run - 2, 7)
            bits.code(0, 5)
            at += run
        else:
            byte = data[at]
            bits.code(*((0x30 + byte, 8) if byte < 144 else (0x190 + byte - 144, 9)))
            at += 1
    bits.code(0, 7)


def zeros_block(bits, count, final):
    """Two bits for 258 zeros: the most that deflate can do."""
    bits.put(final, 1)
    bits.put(2, 2)
    bits.put(29, 5)
    bits.put(0, 5)
    bits.put(14, 4)
    lengths = {18: 1, 1: 2, 2: 2}
    for symbol in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1):
        bits.put(lengths.get(symbol, 0), 3)
    one, two = (0b10, 2), (0b11, 2)
    bits.code(*two)
    for skipped in (138, 117):
        bits.code(0, 1)
        bits.put(skipped - 11, 7)
    bits.code(*two)
    bits.code(0, 1)
    bits.put(28 - 11, 7)
    bits.code(*one)
    bits.code(*one)
    runs = (count - 1) // 258
    for _ in range(count - 258 * runs):
        bits.code(0b10, 2)
    bits.put(0, 2 * runs)
    bits.code(0b11, 2)


def deflate(*parts):
    """Bytes, or a number that stands for so many zeros."""
    bits = Bits()
    for number, part in enumerate(parts, 1):
        block = zeros_block if isinstance(part, int) else fixed_block
        block(bits, part, number == len(parts))
    return bits.bytes()


def inflated(*parts):
    return b"".join(bytes(part) for part in parts)


def quote(data):
    """The start of a deflated stream that gives these bytes as they stand, and goes on behind them."""
    return struct.pack("<BHH", 0, len(data), 0xFFFF ^ len(data)) + data


# Gzip


def gzip(*parts, method=8, flags=0, fields=b"", crc=None, size=None, cut=None):
    data = inflated(*parts)
    head = struct.pack("<BBBBIBB", 0x1F, 0x8B, method, flags, 0, 0, 255) + fields
    crc = zlib.crc32(data) if crc is None else crc
    size = len(data) if size is None else size
    return (head + deflate(*parts) + struct.pack("<II", crc, size))[:cut]


# Zip


def raw(name):
    return name if isinstance(name, bytes) else name.encode()


def utf8_flag(name):
    try:
        return 0 if name.isascii() or not name.decode() else 1 << 11
    except UnicodeDecodeError:
        return 0


def entry(name, data=TEXT, *, parts=None, local=None, central=None, **both):
    """One file; what stands in local or central is said there only."""
    parts = parts or (data,)
    data = inflated(*parts)
    body = deflate(*parts) if both.get("method", 8) == 8 else data
    body = both.pop("body", body)
    fields = {
        "name": raw(name),
        "made": UNIX << 8 | 20,
        "flags": utf8_flag(raw(name)),
        "method": 8,
        "crc": zlib.crc32(data),
        "packed": len(body),
        "size": len(data),
        "extra": b"",
        "comment": b"",
        "mode": REGULAR,
        "dos": 0,
        "disk": 0,
        "body": body,
        "descriptor": b"",
    }
    fields.update(both)
    return {"local": {**fields, **(local or {})}, "central": {**fields, **(central or {})}}


def descriptor(data, body, *, signature=b"PK\7\x08", wide=False, crc=None, packed=None, size=None):
    crc = zlib.crc32(data) if crc is None else crc
    packed = len(body) if packed is None else packed
    size = len(data) if size is None else size
    return signature + struct.pack("<IQQ" if wide else "<III", crc, packed, size)


def streamed(name, data=TEXT, *, method=8, local=None, central=None, **lies):
    """A file whose checksum and sizes follow in a data descriptor."""
    body = deflate(data) if method == 8 else data
    told_later = {"crc": 0, "packed": 0, "size": 0}
    return entry(
        name,
        data,
        method=method,
        flags=8,
        descriptor=descriptor(data, body, **lies),
        local={**told_later, **(local or {})},
        central=central,
    )


def extra(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def extra64(*values):
    return extra(1, struct.pack("<%dQ" % len(values), *values))


def unicode_path(name, of):
    return extra(0x7075, struct.pack("<BI", 1, zlib.crc32(raw(of))) + raw(name))


def local_header(entry, signature=0x04034B50):
    of = entry["local"]
    return (
        struct.pack(
            "<IHHHHHIIIHH",
            signature,
            20,
            of["flags"],
            of["method"],
            0,
            0x21,
            of["crc"],
            of["packed"],
            of["size"],
            of.get("name_size", len(of["name"])),
            of.get("extra_size", len(of["extra"])),
        )
        + of["name"]
        + of["extra"]
    )


def central_header(entry, at):
    of = entry["central"]
    return (
        struct.pack(
            "<IHHHHHHIIIHHHHHII",
            0x02014B50,
            of["made"],
            20,
            of["flags"],
            of["method"],
            0,
            0x21,
            of["crc"],
            of["packed"],
            of["size"],
            of.get("name_size", len(of["name"])),
            of.get("extra_size", len(of["extra"])),
            of.get("comment_size", len(of["comment"])),
            of["disk"],
            0,
            of["mode"] << 16 | of["dos"],
            of.get("at", at),
        )
        + of["name"]
        + of["extra"]
        + of["comment"]
    )


def end_record(count, size, at, comment=b"", /, **lies):
    of = {
        "disk": 0,
        "first_disk": 0,
        "here": count,
        "total": count,
        "size": size,
        "at": at,
        "comment_size": len(comment),
    }
    of.update(lies)
    return struct.pack("<IHHHHIIH", 0x06054B50, *of.values()) + comment


def end64(count, size, at, /, *, record=44, more=b"", **lies):
    of = {"disk": 0, "first_disk": 0, "here": count, "total": count, "size": size, "at": at}
    of.update(lies)
    return struct.pack("<IQHHIIQQQQ", 0x06064B50, record, 45, 45, *of.values()) + more


def locator(at, disks=1):
    return struct.pack("<IIQI", 0x07064B50, 0, at, disks)


class Zip:
    def __init__(self, *entries):
        self.body = b""
        self.directory = b""
        self.count = 0
        for each in entries:
            self.add(each)

    def add(self, entry):
        self.directory += central_header(entry, len(self.body))
        self.count += 1
        return self.hide(entry)

    def hide(self, entry):
        """In the file, but not in its directory."""
        of = entry["local"]
        return self.put(local_header(entry) + of["body"] + of["descriptor"])

    def put(self, data):
        self.body += data
        return self

    def extent(self):
        return self.count, len(self.directory), len(self.body)

    def bytes(self, comment=b"", before_end=b"", **lies):
        end = end_record(*self.extent(), comment, **lies)
        return self.body + self.directory + before_end + end

    def bytes64(self, end=None, of=None, locator_at=None, disks=1, **lies):
        """With 64-bit end records before the one that all zips have."""
        at = len(self.body) + len(self.directory)
        where = at if locator_at is None else locator_at
        big = end64(*(of or self.extent()), **lies) + locator(where, disks)
        small = {"here": 0xFFFF, "total": 0xFFFF, "size": WIDE, "at": WIDE}
        return self.bytes(before_end=big, **(small if end is None else end))


def zip_of(*entries, **lies):
    return Zip(*entries).bytes(**lies)


# Tar


def octal(number, length):
    return b"%0*o\0" % (length - 1, number)


def base256(number, length=12):
    return (number | 0x80 << 8 * (length - 1)).to_bytes(length, "big")


USTAR = b"ustar\x0000"
GNU = b"ustar  \0"
V7 = bytes(8)


def header(name, size=0, type="0", *, mode=0o644, link="", magic=USTAR, prefix="", device=0, checksum=None):
    """A size given as bytes is written as it is."""
    size = size if isinstance(size, bytes) else octal(size, 12)
    device = octal(device, 8) if magic == USTAR else bytes(8)
    block = struct.pack(
        "100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x",
        raw(name),
        octal(mode, 8),
        octal(0, 8),
        octal(0, 8),
        size,
        octal(0, 12),
        b" " * 8,
        raw(type),
        raw(link),
        magic,
        b"",
        b"",
        device,
        device,
        raw(prefix),
    )
    checksum = b"%06o\0 " % sum(block) if checksum is None else checksum
    return block[:148] + checksum + block[156:]


def padded(data):
    return data + bytes(-len(data) % 512)


def member(name, data=b"", type="0", size=None, **fields):
    return header(name, len(data) if size is None else size, type, **fields) + padded(data)


def record(key, value):
    text = b" " + raw(key) + b"=" + raw(value) + b"\n"
    length = len(text) + 1
    while length != len(str(length)) + len(text):
        length += 1
    return str(length).encode() + text


def pax(*records, type="x", **fields):
    """Pairs, or records as they stand."""
    data = b"".join(each if isinstance(each, bytes) else record(*each) for each in records)
    return member("PaxHeaders/x", data, type, **fields)


def long_name(name, type="L"):
    return member("././@LongLink", raw(name) + b"\0", type, magic=GNU)


def tar(*members, end=bytes(1024)):
    return b"".join(members) + end
