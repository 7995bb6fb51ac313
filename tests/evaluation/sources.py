"""What is evaluated on: each source with its size, licence and sha256, for the report."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.digests import file_sha256

# Of files that another project made: path in the data folder, name, licence. That of IWSLT 2017 is
# what its dataset card (huggingface.co/datasets/IWSLT/iwslt2017) and TED's terms for talks name.
_FILES = {
    "sentences": ("sentences/iwslt2017.ar", "IWSLT 2017, Arabic", "CC BY-NC-ND 4.0 (TED talks)"),
    "padt": ("treebank/padt.test.jsonl.gz", "UD Arabic-PADT test", "CC BY-NC-SA 3.0"),
    "iahlt": ("treebank/ar_iahlt-ud-dev.conllu", "UD Arabic-IAHLT dev", "CC BY-NC-SA 4.0"),
    "anercorp": ("ner/anercorp.train.conll", "ANERcorp, original labels", "research only"),
    "cleananercorp": ("ner/cleananercorp.train.conll", "ANERcorp, corrected labels", "GPL-3.0"),
}


@dataclass(frozen=True)
class Source:
    """A set that something is measured on."""

    name: str
    licence: str
    size: str
    sha256: str


@dataclass(frozen=True)
class DataFile:
    """A file of the data folder."""

    path: Path
    name: str
    licence: str

    def source(self, size: str) -> Source:
        """The file as the report names it."""
        return Source(self.name, self.licence, size, file_sha256(self.path))

    def lines(self) -> Iterator[str]:
        """Its lines, unpacked, without line ends."""
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rt", encoding="utf-8") as file:
            for line in file:
                yield line.rstrip("\n")


def data_file(folder: Path, key: str) -> DataFile:
    """A file by its key.

    Raises:
        FileNotFoundError: the folder does not hold it.
    """
    path, name, licence = _FILES[key]
    if not (folder / path).is_file():
        raise FileNotFoundError(f"no {path} in the data folder {folder}")
    return DataFile(folder / path, name, licence)


def check_folder(folder: Path) -> None:
    """Looks whether all files are there.

    Raises:
        FileNotFoundError: one is missing.
    """
    for key in _FILES:
        data_file(folder, key)
