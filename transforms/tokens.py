"""Surface words with their offsets: the only unit of the corpus that has offsets.

Clitics stay on their word (they are values of the token); punctuation stands alone; a decimal, an
address, a hashtag is one token. Every character that is not white space belongs to one token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# The inside of a regular expression's character class: Arabic script without its punctuation.
ARABIC_LETTERS = (
    r"\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef"
    r"\u06fa-\u06ff\u0750-\u077f"
)
ARABIC_MARKS = (
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# Vowels and other marks on letters, and tatweel: what a word can be written with or without.
MARKS = re.compile(rf"[{ARABIC_MARKS}\u0640]")
DIGITS = r"0-9\u0660-\u0669\u06f0-\u06f9"

# Those that Arabic news name; a list, since `end.Then` is no domain.
_TOP_DOMAINS = (
    "com|net|org|info|edu|gov|int|biz|tv|news|online|site|io|co|me|uk|us|eu|fr|de|ru|tr|ir|cn|il"
    "|ae|sa|eg|sy|iq|jo|lb|ps|qa|kw|bh|om|ye|ly|tn|dz|ma|sd|mr|so|dj|km"
)

# The repetitions before a character that may never come are bounded (a mailbox by 64 characters, a
# label by 63, as their standards have it): unbounded, `a.a.a.a…` takes quadratic time.
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)[^\s«»“”"'<>()،؛؟]*[^\s«»“”"'<>()،؛؟.,!?:;]    # web address
    | [A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+  # mail address
    | [A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,4}}        # domain name
      \.(?i:{_TOP_DOMAINS})(?![A-Za-z0-9])
    | [@\#][^\W_](?:[{ARABIC_MARKS}]|\w)*                                # mention, hashtag
    | [{DIGITS}]+(?:[.,\u066b\u066c][{DIGITS}]+)*                        # number, decimal
    | [{ARABIC_LETTERS}\u0640][{ARABIC_LETTERS}{ARABIC_MARKS}\u0640]*    # Arabic word
    | [^\W\d_{ARABIC_LETTERS}]                                            # word of another script
      (?:[^\W_{ARABIC_LETTERS}{DIGITS}]|[0-9\u0300-\u036f]|['’](?=[A-Za-z]))*
    | ([^\w\s])\1*                                                       # punctuation, repeated
    | \S                                                                 # whatever is left
    """,
    re.VERBOSE,
)


class Tokens(NamedTuple):
    """Words of a text and their half-open offsets in it, three tuples of equal length."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def tokenise(text: str) -> Tokens:
    """The words of `text`: `text[starts[i]:ends[i]] == words[i]`, in order, none overlapping."""
    matches = list(_TOKEN.finditer(text))
    return Tokens(
        tuple(match.group() for match in matches),
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
    )
