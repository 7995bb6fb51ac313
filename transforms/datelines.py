"""Where and from whom a report comes: datelines at the head of a paragraph, agencies, places.

No list holds all places, so a dateline is told by its shape: short parts without any word of a
sentence, parted by dashes, slashes or brackets, one of which is an agency or paper of
`agencies.txt`. A bare place before a dash must be one of `places.txt`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.folding import fold
from transforms.source_names import is_agency, is_ambiguous, is_place

# No dateline is longer: `الخرطوم، السودان (CNN) 15 تموز/يوليو 2015 -- `, names of two reporters.
_HEAD_CHARACTERS = 110
_PART_WORDS = 5
_MAX_PARTS = 6
_SEPARATOR = re.compile(r"\s*(?:[-–—ـ/|:()\[\]«»“”\"،,]+\s*)+")
# A closing dash far behind shows that the place only stands before a parenthesis.
_PARENTHESIS = 120
_DASHES = "-–—ـ"
_DATED = re.compile(
    r"(?P<place>\D{3,40}?)[ ،]+(?:في )?\d{1,2}[ /-]+\w+(?:[ /-]+\w+)?[ /-]*(?:\d{4})? *(?:هـ?|م)?"
    r"(?: *[-/،]? *(?:الموافق)? *\d{1,2} \w+(?: \w+)? \d{4} *م?)?[ -/(]*(?P<agency>\w+)[ )/:-]+"
)
_SENTENCE_WORDS = frozenset(
    fold(
        """
        التي الذي الذين اللذين اللتين اللواتي وهو وهي وهم هو هي هم أن إن أنه أنها إنه إنها كان كانت
        قال قالت يقول تقول وقال وقالت أكد أعلن إلى عن مع بعد قبل حين حيث كما لكن ولكن أو ثم
        قد لقد لا لم لن ما هل كيف لماذا متى أين هذا هذه ذلك تلك كل بين عند منذ حتى إذا لو بل
        أي غير سوى أما بسبب خلال ضد عبر لدى تحت فوق حول
        """
    ).split()
)
# What a sentence says before the name of an agency.
_NAMING = frozenset(
    fold("وكالة لوكالة صحيفة لصحيفة جريدة موقع قناة شبكة أنباء الأنباء الإيرانية الصينية").split()
)
# In the names of papers that no list has: `بغداد – نينوى نيوز`.
_OUTLETS = frozenset(fold("نيوز نت برس أونلاين وكالة صحيفة الإخبارية الإخباري تايمز").split())
_ANY_REPORT = "أعلن"
_DAY = re.compile(r"(?<![\w/])\d{1,2}(?= \w|[-/.]\d)")
# Those that can open a report.
_REPORTING = frozenset(
    fold(
        "قال قالت يقول تقول أكد أعلن كان كانت إن بعد قبل مع عند منذ خلال حتى إذا لم لا لن ما هل كيف"
        " لماذا متى أين من هذا هذه كل عبر تحت لدى بين قد لقد حين عن إلى بسبب ضد"
    ).split()
)
# Between the names of two sources.
_SOURCE_SEPARATOR = re.compile(r"\s*[-–—ـ/|:()\[\]«»“”\"،,+]+\s*|\s+و(?=\S{4})")


class _Part(NamedTuple):
    """A part of a line's head `[start, end)`, and the separator behind it."""

    text: str
    start: int
    end: int
    separator: str
    after: int


def dateline_end(text: str) -> int:
    """How many characters at the head of `text` are its dateline; 0 if it has none.

    What separates it from the report counts to it: of `القاهرة (رويترز) - قال` all before `قال`.
    """
    parts = _parts(text[:_HEAD_CHARACTERS])
    if not parts or not parts[0].text:
        return 0
    end = 0
    has_agency = False
    for index, part in enumerate(parts):
        before = parts[index - 1].separator if index else ""
        if index and (length := _leading_agency(part, parts[index - 1])):
            end = part.start + length
            break
        if not _may_be_part(part.text) or not part.separator:
            break
        if ":" in before and not has_agency and not is_place(parts[index - 1].text):
            break  # a speaker and what he says
        has_agency = has_agency or (_signs(part, before) and not _is_named(parts[:index]))
        if has_agency and _closes(part, index, len(text)):
            end = part.after
            if ":" in part.separator:
                break
    if end and _goes_on(text[end:]):
        return 0
    return end or _dated_end(text) or _bare_place_end(text, parts[0])


def is_source_line(text: str) -> bool:
    """Whether a line holds an agency and at most places and numbers beside it: `غزة - معا`."""
    parts = [part for part in _SOURCE_SEPARATOR.split(text) if fold(part)]
    if not parts or len(parts) > _MAX_PARTS:
        return False
    agencies = [part for part in parts if is_agency(part)]
    others = [part for part in parts if not is_agency(part)]
    if not agencies or len(others) > 2 or not all(_may_be_part(part) for part in others):
        return False
    if others and all(is_ambiguous(part) for part in agencies):  # `مكة - جدة` is a road
        return all(map(is_place, others)) and not any(map(is_place, agencies))
    return all(len(fold(part).split()) <= 2 for part in others)


def _parts(head: str) -> list[_Part]:
    parts = []
    start = 0
    for match in _SEPARATOR.finditer(head):
        if match.start() == 0:
            return []
        parts.append(
            _Part(head[start : match.start()], start, match.start(), match[0], match.end())
        )
        start = match.end()
        if len(parts) == _MAX_PARTS:
            break
    parts.append(_Part(head[start:], start, len(head), "", len(head)))
    return parts


def _may_be_part(text: str) -> bool:
    """Whether there are few words, none of which belongs to a sentence."""
    words = fold(text).split()
    return (
        len(words) <= _PART_WORDS
        and _SENTENCE_WORDS.isdisjoint(words)
        and "على" not in text.split()  # folded, it is the name علي
    )


def _signs(part: _Part, before: str) -> bool:
    """Whether a part names an agency, and does so as a signature, not within a sentence."""
    if not is_agency(part.text):
        return False
    if any(mark in before for mark in '«“"') and not any(mark in before for mark in _DASHES + "/:"):
        return False  # `علمت «عكاظ» …`
    quoted = any(mark in before for mark in '«“"')
    if not quoted and (is_ambiguous(part.text) or not before):
        return any(mark in part.separator for mark in _DASHES + "/:|")
    return any(mark in part.separator for mark in _DASHES + '/:|)»”"')


def _is_named(before: list[_Part]) -> bool:
    """Whether a sentence names the agency: `ونقلت وكالة (رويترز) …`."""
    return bool(before) and not _NAMING.isdisjoint(fold(before[-1].text).split())


def _closes(part: _Part, index: int, length: int) -> bool:
    """Whether the report begins behind this part."""
    if index == 0 and ":" in part.separator and not is_agency(part.text):
        return False  # `الوزير: …` is a speaker
    if index == 0 and is_agency(part.text):
        # `رويترز: قال …`; `سبق - جدة: …` goes on to its place
        return not is_ambiguous(part.text) and part.separator.strip()[-1:] in "-–—ـ:"
    return part.after < length and any(mark in part.separator for mark in _DASHES + '/:|)»”"')


def _leading_agency(part: _Part, before: _Part) -> int:
    """Length of the agency, and the space behind it, at the head of `part`: `الرياض – واس قال`."""
    if not any(mark in before.separator for mark in "-–—ـ/") or not _may_be_part(before.text):
        return 0
    words = part.text.split(" ")
    for count in (3, 2, 1):
        name = " ".join(words[:count])
        if len(words) > count and is_agency(name) and not is_ambiguous(name):
            return len(name) + 1
    return 0


def _goes_on(report: str) -> bool:
    """Whether a report cannot begin so: `روسيا اليوم - وهي قناة …`."""
    word = fold(report[:30]).split(" ")[0]
    return word in _SENTENCE_WORDS - _REPORTING


def is_dateline_line(text: str) -> bool:
    """Whether a line is nothing but a place, perhaps a date, and an agency: `دمشق-سانا`."""
    if not _DAY.search(text):
        return _is_place_and_agency(text)
    head = f"{text} "
    return len(head) in (_dated_end(head), dateline_end(head + _ANY_REPORT))


def _is_place_and_agency(text: str) -> bool:
    parts = [part for part in _SOURCE_SEPARATOR.split(text) if fold(part)]
    if len(parts) != 2:
        return False
    if is_place(parts[0]) and not _OUTLETS.isdisjoint(fold(parts[1]).split()):
        return _may_be_part(parts[1])
    if not is_source_line(text):
        return False
    others = [part for part in parts if not is_agency(part)]
    # Of two words, most are a reporter's name.
    return bool(others) and (is_place(others[0]) or " " not in fold(others[0]))


def _dated_end(text: str) -> int:
    """The end of `الباحة 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس `."""
    match = _DATED.match(text[:_HEAD_CHARACTERS])
    if match is None or not _may_be_part(match["place"]):
        return 0
    named = is_agency(match["agency"]) and not is_ambiguous(match["agency"])
    return match.end() if named else 0


def _bare_place_end(text: str, part: _Part) -> int:
    """The end of `الدوحة- ` before a sentence; 0 before a parenthesis: `موسكو - التي تدعم … -`."""
    marks = part.separator.strip()
    if not marks or any(mark not in _DASHES for mark in marks) or not is_place(part.text):
        return 0
    if len(part.separator) == len(marks):
        return 0  # `دمشق-بيروت`
    following = fold(text[part.after : part.after + 40]).split(" ")
    if _goes_on(text[part.after :]) or following[0][:1] in ("", "و") or following[1:2] == ["ان"]:
        return 0
    rest = text[part.after : part.after + _PARENTHESIS]
    return 0 if re.search(rf"\s[{_DASHES}]|[{_DASHES}]\s", rest) else part.after
