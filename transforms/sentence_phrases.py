"""What stands behind a stop: a clause, or a phrase that only goes on with what stood before."""

from __future__ import annotations

import itertools
import re

from transforms.folding import fold

# Words that tie what they open to the clause before them.
_TIES = frozenset(
    fold(
        """
        في على إلى عن مع ضد دون بدون مثل سوى عبر بين أو أم حتى حيث لأن لأنه لأنها لأنهم لكي كي
        مما ممن التي الذي الذين اللذان اللتان اللذين اللتين اللواتي اللاتي
        """
    ).split()
)
# More of them where nothing but a unit stands before: 30 كم. جنوب المدينة
_TIES_OF_UNITS = _TIES | frozenset(
    fold(
        """
        من ثم بعد قبل منذ تحت فوق حول مقابل فقط فأكثر تقريبا يوميا أسبوعيا شهريا سنويا شمال جنوب شرق
        غرب شمالي جنوبي شرقي غربي
        """
    ).split()
)
# What makes of such a word the opening of a sentence: في المقابل، من جهته، على صعيد آخر
_TURNS = frozenset(
    fold(
        """
        المقابل حين غضون هذا هذه هذين ذلك تلك السياق سياق الوقت وقت جانب جانبه جانبها جهته جهتها جهة
        ناحيته ناحيتها ناحية الواقع الحقيقة الرغم الأثناء الإطار إطار البداية النهاية الختام الغالب
        صعيد العكس أي كل سبيل أن رأيي عام العام سنة السنوات الشهر الأسبوع يوم اليوم الأيام صباح مساء
        ليلة هنا السابق الماضي حق
        """
    ).split()
)
_LINKS = frozenset(fold("ثم بل لا ليس ربما").split())
# مشيرا إلى أن، تحريرا للتصور، استعدادا للمباراة: on folded words.
_CIRCUMSTANCE = re.compile("(?:م[^ن]{3,5}|ت..ي.|است.{1,2}ا.)ا")
_AFTER_CIRCUMSTANCE = re.compile("ان(?:ه|ها|هم)?|الي|علي|عن|في|من|لل.+|ب.+")
_PAST_VERB = re.compile(r"(?![وف]?ال)\w+[^اوي]ت")  # لبست، وركضت
_NOUNS_LIKE_IT = frozenset(
    fold("بنت وقت تحت ست سبت أخت نفت صمت بحت مؤقت ثابت صامت باهت لافت إنترنت وتحت").split()
)
_COMMAS = frozenset("،,")
_MUST = fold("أن")
_NOR = fold("ولا")  # with one word more: لم يحدد موعدا.. ولا ميزانية


def is_phrase(words: tuple[str, ...], index: int, after_unit: bool = False) -> bool:
    """Whether the words from `index` on are a phrase: ثم في 2015، أو هكذا نظن، التي لا تأتي.

    Args:
        words: the words of a block.
        index: where the phrase may begin.
        after_unit: whether a number and its unit stand before, after which more words are ties.
    """
    first, *rest = (fold(word) for word in words[index : index + 3])
    if first in _LINKS and rest:
        return rest[0] in _TIES or (after_unit and first == "ثم")
    if _CIRCUMSTANCE.fullmatch(first) and rest and _AFTER_CIRCUMSTANCE.fullmatch(rest[0]):
        return True
    if first == _NOR and words[index + 2 : index + 3] in ((".",), ("!",), ()):
        return True
    if first == "من" and "إلى" in words[index + 1 : index + 4]:  # من أكبرهم إلى أصغرهم
        return True
    if after_unit:
        return first in _TIES_OF_UNITS and not _TURNS.intersection(rest[:1])
    return first in _TIES and not opens_a_clause(words, index)


def opens_a_clause(words: tuple[str, ...], index: int) -> bool:
    """Whether the preposition at `index` begins a clause: على إيران أن، في عالمنا، هذا."""
    second, third = ([fold(word) for word in words[index + 1 : index + 3]] + ["", ""])[:2]
    if second in _TURNS or third == _MUST:
        return True
    for word, following in itertools.pairwise(words[index + 1 : index + 6]):
        if not word[0].isalnum():
            return word in _COMMAS and not fold(following).startswith("و")
    return False


def is_past_verb(word: str) -> bool:
    """Whether a folded word looks like a verb of the first person or of a woman: لبست، وركضت."""
    return _PAST_VERB.fullmatch(word) is not None and word not in _NOUNS_LIKE_IT
