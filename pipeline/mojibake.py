"""Text that was decoded with the wrong encoding before it came to us, read rightly again.

ftfy mends UTF-8 read as Windows-1252 and its kin, but knows neither Windows-1256, the Arabic one,
nor Arabic bytes read as Western letters; and it gives up on a line where a scraper lost a byte.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import ftfy

from pipeline.arabic_letters import ARABIC_SURPRISE, surprise

# Three letters of UTF-8 in a row never stand in healthy text.
_LEAST_LETTERS = 3
# Of the letters in Arabic news, 4 % (hah and feh) end in a byte that scrapers lose.
_MOST_DAMAGED = 0.3
# Read wrongly once, twice, and each time by another hand.
_MOST_TIMES = 3
# Bits a letter by which a reading must be better; see the figures in `pipeline.arabic_letters`.
_MARGIN = 1.5
_BROKEN_PAGE_MARGIN = 0.5
_BROKEN_PAGE_SURPRISE = 7.0
_LEAST_HIGH = 4
_WORD_LENGTH = 2
_SAMPLED = 200_000
# What stands for a character in HTML: `&nbsp;`, `&#216;`, `&Oslash`.
_REFERENCE = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});?")


class Repaired(NamedTuple):
    """Text, and what was repaired in it: an entry for each kind, none for healthy text."""

    text: str
    evidence: tuple[str, ...] = ()


class _WrongUtf8(NamedTuple):
    """How UTF-8 looks when it was read as a single-byte encoding.

    `bytes_of` gives the byte behind a character. `run` finds a stretch in which each character
    beyond ASCII belongs to a UTF-8 sequence; `sequence` finds one, whole (then group 1 is there) or
    damaged; `letter` one that is a letter in Arabic script, or becomes one when read again. `mends`
    put characters back that a scraper changed; `lost` says what a damaged sequence was.
    """

    name: str
    bytes_of: Mapping[str, int]
    sequence: re.Pattern[str]
    run: re.Pattern[str]
    letter: re.Pattern[str]
    mends: tuple[tuple[re.Pattern[str], str], ...]
    lost: Mapping[str, str]


def repair(text: str) -> Repaired:
    """Read rightly what was read wrongly, line by line; healthy lines stay as they are.

    Repaired are UTF-8 that was read as Windows-1256, Windows-1252 or Latin-1, also twice over, in a
    part of a line and with bytes lost; Windows-1256 and ISO 8859-6 that were read as Windows-1252
    or Latin-1; ISO 8859-6 that was read as Windows-1256. No character beyond ASCII becomes an ASCII
    letter or sign, so that JSON and HTML keep their form. Repairing twice changes nothing.

    Where something is repaired, references of HTML become the characters beyond ASCII that they
    stand for, since they may be parts of letters: `ط&sect;`.
    """
    given = text
    if "&" in text:
        text = _REFERENCE.sub(_beyond_ascii, text)
    if not _SUSPECT.search(text):
        return Repaired(given)
    code_page = _western_code_page(text)
    counts: Counter[str] = Counter()
    lines = [_repair_line(line, code_page, False, counts) for line in text.split("\n")]
    if not counts:
        return Repaired(given)
    # On a page that is broken elsewhere, less will do to show that a line is.
    lines = [_repair_line(line, code_page, True, counts) for line in lines]
    evidence = (f"repaired: {kind}, lines: {counts[kind]}" for kind in sorted(counts))
    return Repaired("\n".join(lines), tuple(evidence))


def _beyond_ascii(reference: re.Match[str]) -> str:
    character = html.unescape(reference[0])
    return character if len(character) == 1 and character > "\x7f" else reference[0]


def _repair_line(line: str, code_page: str, broken_page: bool, counts: Counter[str]) -> str:
    kinds: set[str] = set()
    for _ in range(_MOST_TIMES):
        if not _SUSPECT.search(line):
            break
        for repaired, kind in _repairs(line, code_page, broken_page):
            if repaired != line:
                line = repaired
                kinds.add(kind)
                break
        else:
            break
    counts.update(kinds)
    return line


def _repairs(line: str, code_page: str, broken_page: bool) -> Iterator[tuple[str, str]]:
    """The line after each kind of repair, with the kind."""
    for wrong in _WRONG_UTF8:
        yield _repair_utf8(line, wrong, broken_page), f"utf-8 read as {wrong.name}"
    yield _repair_western(line, code_page, broken_page), f"{code_page} read as windows-1252"
    yield _repair_iso(line, broken_page), "iso-8859-6 read as windows-1256"
    yield ftfy.fix_encoding(line), "utf-8 read as another encoding"


def _repair_utf8(line: str, wrong: _WrongUtf8, broken_page: bool) -> str:
    def read_again(found: re.Match[str]) -> str:
        before, run, after = _trim(found, wrong)
        sequences = list(wrong.sequence.finditer(run))
        damaged = sum(sequence[1] is None for sequence in sequences)
        letters = len(wrong.letter.findall(run))
        if damaged > _MOST_DAMAGED * len(sequences) or letters < (
            1 if broken_page else _LEAST_LETTERS
        ):
            return found[0]
        for pattern, mended in wrong.mends:
            run = pattern.sub(mended, run)
        run = wrong.sequence.sub(lambda sequence: _decode(sequence, wrong), run)
        return before + run + after

    return wrong.run.sub(read_again, line)


def _trim(found: re.Match[str], wrong: _WrongUtf8) -> tuple[str, str, str]:
    """What precedes the run proper, it, and what follows: the ends of healthy words beside it."""
    line, start, end = found.string, found.start(), found.end()
    sequences = list(wrong.sequence.finditer(line, start, end))
    for sequence in sequences:
        if sequence.start() > start or not start or not _ARABIC_LETTER.match(line, start - 1):
            break
        start = sequence.end()
    for sequence in reversed(sequences):
        if sequence.end() < end or start >= end or not _ARABIC_LETTER.match(line, end):
            break
        end = sequence.start()
    end = max(start, end)
    return line[found.start() : start], line[start:end], line[end : found.end()]


def _decode(sequence: re.Match[str], wrong: _WrongUtf8) -> str:
    """A sequence's character; what it most likely was, if its end was lost."""
    if sequence[1] is None:
        return wrong.lost[sequence[0].rstrip("?\ufffd")]
    try:
        return bytes(wrong.bytes_of[character] for character in sequence[0]).decode()
    except UnicodeDecodeError:
        return sequence[0]


def _western_code_page(text: str) -> str:
    """The Arabic code page that Western letters in the text make the best Arabic in."""
    high = " ".join(_WESTERN.findall(text[:_SAMPLED]))
    costs = [surprise(_read_again(high, name)) for name in _CODE_PAGES]
    return _CODE_PAGES[costs.index(min(costs))]


def _repair_western(line: str, code_page: str, broken_page: bool) -> str:
    """An Arabic code page that was read as Windows-1252 or Latin-1."""
    words = _WESTERN.findall(line)
    high = " ".join(words)
    # In French, single letters are beyond ASCII; here, all are.
    if len(high) < (2 if broken_page else _LEAST_HIGH) or sum(map(len, words)) < _WORD_LENGTH * len(
        words
    ):
        return line
    cost = surprise(_read_again(high, code_page))
    if cost > (_BROKEN_PAGE_SURPRISE if broken_page else ARABIC_SURPRISE):
        return line
    return _WESTERN.sub(lambda word: _read_again(word[0], code_page), line)


def _read_again(high: str, code_page: str) -> str:
    data = bytes(_WESTERN_BYTES.get(character, 0x20) for character in high)
    return data.decode(code_page, "replace")


def _repair_iso(line: str, broken_page: bool) -> str:
    """ISO 8859-6 that was read as Windows-1256: French letters stand amid Arabic words."""
    if len(_FRENCH_IN_ARABIC.findall(line)) < (1 if broken_page else _LEAST_LETTERS):
        return line
    repaired = "".join(map(_AS_ISO.get, line, line))
    gain = surprise(line) - surprise(repaired)
    return repaired if gain > (_BROKEN_PAGE_MARGIN if broken_page else _MARGIN) else line


def _high_characters(*codecs: str) -> dict[str, int]:
    """The characters that stand for the bytes from 0x80 on in any of the codecs."""
    found: dict[str, int] = {}
    for codec in codecs:
        for byte in range(0x80, 0x100):
            character = bytes([byte]).decode(codec, "ignore")
            if character:
                found.setdefault(character, byte)
    return found


def _one_of(bytes_of: Mapping[str, int], wanted: range) -> str:
    return "[" + re.escape("".join(char for char, byte in bytes_of.items() if byte in wanted)) + "]"


def _wrong_utf8(
    name: str,
    bytes_of: Mapping[str, int],
    letter: str,
    mends: Mapping[str, str],
    lost: Mapping[str, str],
) -> _WrongUtf8:
    rest = _one_of(bytes_of, range(0x80, 0xC0))
    whole = "|".join(
        _one_of(bytes_of, first) + rest * more for more, first in enumerate(_LEADS, start=1)
    )
    damaged = f"(?:{'|'.join(lost)})[?\ufffd]?"
    return _WrongUtf8(
        name=name,
        bytes_of=bytes_of,
        sequence=re.compile(f"({whole})|{damaged}"),
        run=re.compile(f"(?:{whole}|{damaged})(?:[\x00-\x7f]*(?:{whole}|{damaged}))*"),
        letter=re.compile(letter.replace("REST", rest)),
        mends=tuple(
            (re.compile(pattern.replace("REST", rest)), mended) for pattern, mended in mends.items()
        ),
        lost=lost,
    )


# What begins a sequence of two, three and four bytes.
_LEADS = (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))
_CODE_PAGES = ("windows-1256", "iso-8859-6")
_WESTERN_BYTES = _high_characters("latin-1", "cp1252")
_WESTERN = re.compile(f"{_one_of(_WESTERN_BYTES, range(0x80, 0x100))}+")
# Scrapers strip the soft hyphen that stands for the byte 0xAD, joiners and control characters, and
# turn the no-break space for 0xA0 into a common one.
_WRONG_UTF8 = (
    _wrong_utf8(
        "windows-1256",
        _high_characters("cp1256"),
        letter="[طظ]REST|أ[ک™]",
        mends={"ظ ": "ظ\xa0", "(?<=ط¸)â€ ": "â€\xa0", "(?<=ط¸)â€(?!REST)": "â€\u200d"},
        lost={"ط": "ح", "ظ": "٠", "آ": "", "â€": "”"},
    ),
    _wrong_utf8(
        "windows-1252",
        _WESTERN_BYTES,
        letter="[ÃØÙ]REST",
        mends={"(?<=Ù[¡-©])Ù |Ù (?=Ù[ ¡-©])": "Ù\xa0", "(?<=Ã™)â€ ": "â€\xa0"},
        # Windows-1252 has no sign for 0x81, the second byte of feh (nor those of damma and kasra).
        lost={"Ø": "ح", "Ù": "ف", "Å ": "Š", "Â": "", "â€": "”"},
    ),
)
_AS_ISO = {
    character: decoded
    for character, byte in _high_characters("cp1256").items()
    if (decoded := bytes([byte]).decode("iso-8859-6", "ignore"))
}
_ARABIC_LETTER = re.compile("[\u0620-\u0652]")
_FRENCH_IN_ARABIC = re.compile("[\u0621-\u064a][×àâçèéêëîïôùûü]|[×àâçèéêëîïôùûü][\u0621-\u064a]")
# What healthy Arabic news hardly ever holds: a Western letter, or tah or zah before a sign.
_SUSPECT = re.compile("[À-ÿ]|أ[ک™]|[طظ][^\x00-\x7f\u0620-\u0652،؛؟»“”…]")
