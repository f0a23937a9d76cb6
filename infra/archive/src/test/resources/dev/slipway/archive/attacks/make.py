"""Writes the attack samples and the lists of them into a folder: make.py FOLDER

Every sample has one thing wrong, where its technique needs no more, so that one rule can say no.
"""

import pathlib
import sys

sys.dont_write_bytecode = True

from forge import bombs, differentials, lies, links, lookalikes, names, others, overrides
from forge.samples import accepted, refused

MAKERS = (
    names.slip,
    names.invisible,
    links.link,
    links.special,
    bombs.bomb,
    bombs.nested,
    lies.lies,
    differentials.differential,
    names.collision,
    others.unsupported,
    overrides.tar_overrides,
    others.polyglot,
    names.long_names,
    lookalikes.lookalikes,
)


def write(folder):
    for make in MAKERS:
        make()
    listed = {"list.tsv": refused, "accepted.tsv": accepted}
    titles = {"list.tsv": "file\tclass\trule\tentry\twhat\n", "accepted.tsv": "file\twhat\tfiles\n"}
    for file, samples in listed.items():
        lines = ["\t".join(sample[:-1]) + "\n" for sample in samples]
        (folder / file).write_bytes((titles[file] + "".join(lines)).encode())
        for sample in samples:
            (folder / sample[0]).write_bytes(sample[-1])


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]))
