"""Regular expressions that read over diacritics, since nobody types them.

A diacritic that the user types must be there; where none is typed there may be any, and tatweel.
So قال finds قالَ and قال, and معلّم finds مُعَلِّم but not مَعْلَم. The order in which a letter's marks
stand, which differs between Unicode and CAMeL, does not matter. ا finds the alef wasla of lemmas,
too. Hamzas are letters: اكد does not find أكد.
"""

from __future__ import annotations

import re

_MARK = "\u064b-\u0652\u0670"
_ANY_MARKS = f"[{_MARK}\u0640]*"
_ATOM = re.compile(
    r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\."
    r"|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]"
    r"|[^\[\\]",
    re.DOTALL,
)
_MARKS = re.compile(f"[{_MARK}]+")
_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3]")
# The classes of letters that RE2 knows in ASCII only.
_UNICODE_CLASSES = {"\\w": "\\p{L}\\p{N}_", "\\d": "\\p{Nd}"}
_WEAK_RADICALS = "اويأإآءؤئى"
_BARE_ROOT = re.compile("[\u0621-\u064a]{2,6}")


def tolerant(expression: str) -> str:
    """The regular expression (RE2) that reads over diacritics where `expression` has none."""
    found: list[str] = []
    atoms = _atoms(expression)
    if atoms is None:
        return expression
    while atoms:
        atom = atoms.pop(0)
        marks = ""
        while atoms and _MARKS.fullmatch(atoms[0]):
            marks += atoms.pop(0)
        found.append(_with_marks(atom, marks))
    return "".join(found)


def letters_in_order(value: str) -> str | None:
    """What SQL's LIKE needs to find, quickly, all that `tolerant` finds for a plain word, and more.

    Returns:
        `None` if `value` is more than letters and their diacritics.
    """
    letters = _MARKS.sub("", value)
    if not letters or _LETTER.sub("", letters):
        return None
    # An alef may be a wasla.
    return "%".join(letter for letter in letters.replace("ا", "%")) + "%"


def by_unicode(expression: str) -> str:
    r"""The expression with `\w` and `\d` for the letters and digits of all scripts."""
    return "".join(map(_in_unicode, _atoms(expression) or [expression]))


def root_expression(value: str) -> str | None:
    """The regular expression for a root that is typed without full stops: قول for ق.#.ل.

    Returns:
        `None` if `value` is more than the radicals of a root.
    """
    if _BARE_ROOT.fullmatch(value) is None:
        return None
    radicals = [f"[{letter}#]" if letter in _WEAK_RADICALS else letter for letter in value]
    return f"{value}|" + r"\.".join(radicals)


def _atoms(expression: str) -> list[str] | None:
    """The parts of an expression; `None` if it is none, which RE2 will say why."""
    atoms = _ATOM.findall(expression)
    return atoms if "".join(atoms) == expression else None


def _with_marks(atom: str, marks: str) -> str:
    if atom == ".":
        letter = f"[^{_MARK}\u0640]"
    elif atom.startswith("[^"):
        letter = f"[^{_MARK}\u0640{_in_unicode(atom)[2:]}"
    elif atom.startswith("["):
        letter = ("[ٱ" if "ا" in atom else "[") + _in_unicode(atom)[1:]
    elif atom == "ا":
        letter = "[اٱ]"
    elif _LETTER.fullmatch(atom) or atom in _UNICODE_CLASSES or atom[:2] in ("\\p", "\\P"):
        letter = _in_unicode(atom)
    else:
        return atom + marks
    if not marks:
        return f"(?:{letter}{_ANY_MARKS})"
    orders = {marks, marks[::-1]}
    return f"(?:{letter}{_ANY_MARKS}(?:{'|'.join(sorted(orders))}){_ANY_MARKS})"


def _in_unicode(atom: str) -> str:
    if atom in _UNICODE_CLASSES:
        return f"[{_UNICODE_CLASSES[atom]}]"
    if not atom.startswith("["):
        return atom
    return re.sub(r"\\.", lambda found: _UNICODE_CLASSES.get(found[0], found[0]), atom)
