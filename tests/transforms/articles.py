"""What the tests of several transforms share: making articles, and text that is hard to clean."""

from __future__ import annotations

from hypothesis import settings, strategies

from schemas.records import Metadata, Origin, RawArticle

thorough = settings(max_examples=300)

# Characters that meet in dirty text: escapes, marks, tatweel, presentation forms, odd white space.
NASTY = (
    '&amp;#38quotnbs3. \u0640\u064b\u064e\u0651\u0653\u0654\u0655اويىبةقل،.؟!…»«”“"()-_'
    "ae\u0301\u0300\u0327_1٣\u200b\u200f\xa0\ufeffﻻﷺ\ufc5e\ufe70کی\u0958\u1160\u3164\n\r\t\u2028\ud800"
)

any_text = strategies.one_of(
    strategies.text(max_size=120),
    strategies.text(NASTY, max_size=120),
    strategies.lists(
        strategies.sampled_from(
            [
                "قال",
                "وأكد",
                "د.",
                "؟",
                "..",
                "“",
                "”",
                "\n",
                "في",
                "1.5",
                "،",
                "المزيد",
                "…",
                "x.com",
                "م",
                "(",
                ")",
            ]
        ),
        max_size=60,
    ).map(" ".join),
)


def raw_article(source: str, title: str | None = None) -> RawArticle:
    origin = Origin("id", "news.txt", None, "0" * 64, "text/plain", "utf-8", "utf-8", 1.0)
    return RawArticle(origin, Metadata(title=title), source)
