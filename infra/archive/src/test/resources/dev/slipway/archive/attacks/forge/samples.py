"""The samples that were made, and the words that many of them share."""

import unicodedata

from .formats import entry, gzip, header, raw, tar, zip_of

FOLDER = 0o040755
LINK = 0o120777
STREAMING = "parsers that read local headers one after another"
DIRECTORY = "parsers that read the directory only"
UNCHECKED = "programs that join names to a folder unchecked"

refused = []
accepted = []


def refuse(file, attack, rule, entry, what, data):
    refused.append((file, attack, rule, entry, what, data))


def accept(file, files, what, data):
    accepted.append((file, what, files, data))


def shown(name):
    """As a refusal shows a name: what could steer a terminal escaped, at most 200 characters."""
    text = ""
    for each in raw(name).decode(errors="replace"):
        hidden = unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")
        more = "\\u{%x}" % ord(each) if hidden else each
        if len(text) + len(more) >= 200:
            return text + "…"
        text += more
    return text


def in_each(file, attack, rule, name, what):
    """The same name as zip, tar and tar.gz; one that ends with a slash is a folder's."""
    folder = name.endswith("/")
    as_tar = tar(header(name, type="5" if folder else "0"))
    zipped = zip_of(entry(name, b"", mode=FOLDER) if folder else entry(name))
    refuse(file + ".zip", attack, rule, shown(name), what, zipped)
    refuse(file + ".tar", attack, rule, shown(name), what, as_tar)
    refuse(file + ".tar.gz", attack, rule, shown(name), what, gzip(as_tar))
