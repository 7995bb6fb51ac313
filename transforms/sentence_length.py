"""Where to break a sentence that is too long for a model: at a comma, a conjunction, a space."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.folding import fold
from transforms.sentence_breaks import Break
from transforms.tokens import Tokens

_COMMAS = frozenset("،,؛;")
_CONJUNCTIONS = frozenset(
    fold(
        "ثم لكن ولكن حيث إذ إذا بينما كما لأن بعدما عندما مما فيما حتى غير إلا بل فإن أو أم لكي كي"
    ).split()
)
# Common words whose و is a letter of their own.
_BEGINS_WITH_WAW = frozenset(
    fold(
        """
        وزير وزيرة وزيرا وزراء وزارة وزارات وزاري وزارية واشنطن وكالة وكالات وفد وفود وقت وقتا وسط
        وسائل وسيلة وفق وفقا وحدة وحدات واحد واحدة واحدا وجه وجها وجهة وجود وضع وضعا وطن وطني وطنية
        وليد وائل وسام وفاء وفاة ولي ولاية ولايات ولد ولادة والد والدة والده والدته والي وثيقة وثائق
        واقع واضح واضحة واسع واسعة واجب ورشة ورق ورقة وردة وزن وصول وصف وصل وصلت وقف وقوع وقع وقعت
        ويلز ويندوز وعد وعي وعود وراء ورود ودي ودية وجدة وهران وجبة وظيفة وظائف وسطاء وساطة وديعة
        """
    ).split()
)


def length_breaks(tokens: Tokens, start: int, end: int, limit: int) -> Iterator[Break]:
    """Breaks inside the tokens `[start, end)` so that no piece has more than `limit` of them.

    The pieces are made as even as the best places allow. Each break costs at most `limit` steps.
    """
    while end - start > limit:
        pieces = -(-(end - start) // limit)
        target = start + (end - start) // pieces
        # A break at least a quarter of the limit in, so that pieces are never crumbs.
        window = range(start + max(1, limit // 4), start + limit + 1)
        places = sorted(window, key=lambda place: (abs(place - target), place))
        found = _best(tokens, places)
        yield found
        start = found.end


def _best(tokens: Tokens, places: list[int]) -> Break:
    """The best of `places`, which come in the order of preference; a break is before a token."""
    words = tokens.words
    spaces = [place for place in places if tokens.starts[place] > tokens.ends[place - 1]]
    for place in places:
        if words[place - 1][0] in _COMMAS and words[place][0] not in _COMMAS:
            return Break(place, "length_comma")
    for place in spaces:
        if _is_conjunction(words[place]):
            return Break(place, "length_conjunction")
    return Break((spaces or places)[0], "length_space")


def _is_conjunction(word: str) -> bool:
    """Whether a word begins with و, or is a conjunction itself."""
    folded = fold(word)
    if folded in _CONJUNCTIONS:
        return True
    return len(folded) > 2 and folded[0] == "و" and folded not in _BEGINS_WITH_WAW
