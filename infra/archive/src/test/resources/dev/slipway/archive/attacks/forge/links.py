"""Links, devices, pipes and sockets."""

from .formats import *
from .samples import *

# Links


def link():
    targets = {
        "absolute": ("/etc/passwd", "out of the folder by an absolute name"),
        "parent": ("../outside", "out of the folder by a step up"),
        "inside": ("a.txt", "to a file beside it"),
        "self": ("link", "to itself"),
    }
    for file, (target, what) in targets.items():
        text = "A symbolic link %s; fools programs that follow what they unpacked." % what
        as_tar = tar(header("a.txt"), header("link", type="2", link=target))
        zipped = zip_of(entry("a.txt"), entry("link", raw(target), method=0, mode=LINK))
        refuse("link-" + file + ".zip", "link", "LINK_OR_SPECIAL", "link", text, zipped)
        refuse("link-" + file + ".tar", "link", "LINK_OR_SPECIAL", "link", text, as_tar)
        refuse("link-" + file + ".tar.gz", "link", "LINK_OR_SPECIAL", "link", text, gzip(as_tar))
        text = "A hard link %s; fools programs that write through it." % what
        as_tar = tar(header("a.txt"), header("link", type="1", link=target))
        refuse("link-hard-" + file + ".tar", "link", "LINK_OR_SPECIAL", "link", text, as_tar)
    link_chains()
    link_oddities()


def link_chains():
    chains = {
        "then-file": ("moo", [("moo", "/tmp/moo"), ("moo", None)], "A link, then a file of its name"),
        "then-file-below": ("tmp", [("tmp", "/tmp"), ("tmp/moo", None)], "A link, then a file below it"),
        "two-step": (
            "cur",
            [("cur", "."), ("par", "cur/.."), ("par/moo", None)],
            "Two links that look harmless one by one, then a file through them",
        ),
        "two-step-nested": (
            "cur",
            [("cur", "."), ("cur/par", ".."), ("par/moo", None)],
            "A link made through another link, then a file through it",
        ),
    }
    for file, (entry_shown, steps, what) in chains.items():
        what += "; fools programs that check each target by itself."
        as_zip = [
            entry(name, TEXT if target is None else raw(target), mode=REGULAR if target is None else LINK)
            for name, target in steps
        ]
        as_tar = tar(*(header(name, type="0" if target is None else "2", link=target or "") for name, target in steps))
        refuse("link-" + file + ".zip", "link", "LINK_OR_SPECIAL", entry_shown, what, zip_of(*as_zip))
        refuse("link-" + file + ".tar", "link", "LINK_OR_SPECIAL", entry_shown, what, as_tar)
        refuse("link-" + file + ".tar.gz", "link", "LINK_OR_SPECIAL", entry_shown, what, gzip(as_tar))


def link_oddities():
    def add(file, what, data, name="link"):
        refuse("link-" + file, "link", "LINK_OR_SPECIAL", name, what, data)

    target = b"../outside"
    add(
        "named-like-a-folder.zip",
        "A symbolic link whose name ends with a slash; fools those who look for links among files only.",
        zip_of(entry("a.txt"), entry("link/", b"", mode=LINK)),
        "link/",
    )
    add(
        "made-on-a-mac.zip",
        "A symbolic link of a zip that says it was made on OS X; fools those who ask Unix modes of Unix only.",
        zip_of(entry("a.txt"), entry("link", target, mode=LINK, made=19 << 8 | 20)),
    )
    add(
        "made-on-dos.zip",
        "A link's Unix mode in a zip that says it was made on DOS; unpackers that never ask for the system make a link.",
        zip_of(entry("a.txt"), entry("link", target, mode=LINK, made=20)),
    )
    add(
        "hard-with-content.tar",
        "A hard link that has content; some parsers skip the content and others read it as headers.",
        tar(header("a.txt"), member("link", tar(header("hidden.txt"), end=b""), "1", link="a.txt")),
    )
    add(
        "symbolic-with-content.tar",
        "A symbolic link that has content; some parsers skip the content and others read it as headers.",
        tar(header("a.txt"), member("link", tar(header("hidden.txt"), end=b""), "2", link="a.txt")),
    )
    litter = "A Mac's litter that is a link; fools those who drop it unread."
    add("in-litter.zip", litter, zip_of(entry("a.txt"), entry("__MACOSX/._a.txt", target, mode=LINK)), "__MACOSX/._a.txt")
    add("in-litter.tar", litter, tar(header("a.txt"), header("._a.txt", type="2", link="../outside")), "._a.txt")
    add("v7.tar", "A symbolic link in a tar of the oldest form.", tar(header("a.txt", magic=V7), header("link", type="2", link="../outside", magic=V7)))
    add(
        "long-target.tar",
        "A link whose target is a GNU long link name; fools those who check the target in the header block.",
        tar(long_name("../" * 40 + "outside", "K"), header("link", type="2", link="a.txt", magic=GNU)),
        "-",
    )
    add(
        "pax-target.tar",
        "A link whose target is a pax record; fools those who check the target in the header block.",
        tar(pax(("linkpath", "../outside")), header("link", type="2", link="a.txt")),
        "-",
    )


# Devices, pipes, sockets


def special():
    in_tar = {
        "character-device": ("3", "A character device such as a disk or memory"),
        "block-device": ("4", "A block device such as a whole disk"),
        "fifo": ("6", "A pipe, at which reading programs wait for ever"),
    }
    for file, (type, what) in in_tar.items():
        what += "; fools unpackers that run as root."
        data = tar(header("a.txt"), header("special", type=type, device=1))
        refuse("special-" + file + ".tar", "special", "LINK_OR_SPECIAL", "special", what, data)
        refuse("special-" + file + ".tar.gz", "special", "LINK_OR_SPECIAL", "special", what, gzip(data))
    in_zip = {
        "character-device": (0o020644, "A character device such as a disk or memory"),
        "block-device": (0o060644, "A block device such as a whole disk"),
        "fifo": (0o010644, "A pipe, at which reading programs wait for ever"),
        "socket": (0o140644, "A socket"),
        "door": (0o150644, "A door of Solaris"),
    }
    for file, (mode, what) in in_zip.items():
        what += " by its Unix mode; fools unpackers that make what the mode says."
        data = zip_of(entry("a.txt"), entry("special", b"", mode=mode))
        refuse("special-" + file + ".zip", "special", "LINK_OR_SPECIAL", "special", what, data)
    types = {
        "M": "The rest of a file from another volume",
        "V": "A volume's label",
        "N": "A list of renamings of old GNU tar",
        "D": "A folder with a list of what is in it, by GNU tar",
        "A": "Access rights of Solaris",
        "X": "An extended header of Solaris, which some parsers obey like pax",
        "I": "An inode without content, by star",
        "Z": "A type that nobody defined",
    }
    for type, what in types.items():
        what += "; parsers take it for a file, skip it or obey it."
        data = tar(header("a.txt"), member("special", record("path", "evil.txt"), type), header("b.txt"))
        refuse("special-type-%s.tar" % type.lower(), "special", "LINK_OR_SPECIAL", "special", what, data)
