"""Strategies for hostile articles: their text, their pages, their fields."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

SENTENCES = (
    "قال وزير الخارجية أمس إن الهدنة لا تزال قائمة في المدينة.",
    "وأكدت المصادر أن القافلة وصلت إلى المخيم صباح اليوم، دون حوادث تذكر.",
    "برلين 15-7 (اف ب) - أعلنت الشركة عن أرباحها في الربع الثاني.",
    "المزارعون يحصدون القمح قبل موعده بأسبوعين بسبب الحر",
)
FURNITURE = (
    "مقالات ذات صلة",
    "اقرأ أيضا: وصول القافلة",
    "شارك هذا الخبر على فيسبوك",
    "أنت تستخدم إضافة Adblock",
    "تصوير: وكالة الأنباء",
    "كتب: مراسل الشبكة",
    "جميع الحقوق محفوظة © 2016",
    "* * *",
)
FOREIGN = (
    "The minister said on Friday that the talks would go on until the end of the month.",
    "وزیر خارجه گفت که مذاکرات تا پایان ماه ادامه خواهد داشت و نتیجه آن روشن نیست.",
)
# Null, controls, marks of direction, what joins and what shows nothing, surrogates, no-characters.
NASTY = (
    "\x00\x01\x08\x0b\x0c\x1b\x1c\x85\x7f\u00ad\u061c\u0640\u064b\u0651\u0670\u200b\u200d\u200e"
    "\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2069\ufeff\ufffc\ufffd"
    "\uffff\ufdfa\ufb50\ufefb\U0001f468\U000e0041\U0010ffff\ud800\udfff\udbff\u0301\u0300"
    "&<>\"'\\;%{}[]()|,\t\r\n :٣1aاي"
)
_SEPARATORS = ("\n", "\n\n", " ", "\r\n", "\r", "\u2028", "\x00", "")


@st.composite
def repeated(draw: Any) -> str:
    """Long lines and long texts out of one piece."""
    piece = draw(st.one_of(st.sampled_from(NASTY), st.sampled_from(SENTENCES + FURNITURE)))
    return piece * draw(st.sampled_from([2, 50, 700, 5000]))


@st.composite
def texts(draw: Any) -> str:
    """An article's text, more or less; may hold lone surrogates."""
    piece = st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from(SENTENCES),
        st.sampled_from(FURNITURE),
        st.sampled_from(FOREIGN),
        st.text(NASTY, max_size=20),
        st.text(st.characters(codec=None, exclude_categories=()), max_size=20),
    )
    pieces = draw(st.lists(piece, max_size=8))
    if draw(st.integers(0, 9)) == 0:
        pieces.append(draw(repeated()))
    return draw(st.sampled_from(_SEPARATORS)).join(pieces)


def fields() -> st.SearchStrategy[dict[str, Any]]:
    """The fields of an article, some of them of another kind than is asked for."""
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(NASTY, max_size=10)
    )
    value = st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner)
    )
    dates = st.sampled_from(
        ["2016-03-25T10:00:00+03:00", "25 مارس/آذار 2016", "0001-01-01T00:00:00+14:00",
         "9999-12-31T23:59:59-14:00", "1e400", "2016-13-45", "الجمعة", "-5", "٢٥/٣/٢٠١٦"]
    )  # fmt: skip
    return st.fixed_dictionaries(
        {},
        optional={
            "text": texts() | texts() | pages() | value,
            "html": pages() | value,
            "title": texts() | value,
            "author": texts() | value,
            "date": dates | value | texts(),
            "url": st.sampled_from(["http://[", "http://a.example/1", "//", "\ud800"]) | texts(),
            "site": texts() | value,
            "id": value,
        },
    )


@st.composite
def json_values(draw: Any) -> str:
    """A JSON object, with its odd characters escaped or not, or what only looks like JSON."""
    broken = st.sampled_from(
        ["", "null", "[]", "{", '{"text": "', '{"text": tru', "NaN", "1e999999", '{"text":1}' * 3,
         "[" * 3000, '{"a":' * 3000, '"\\ud800"', '{"text": "\\ud83d"}', "9" * 5000]
    )  # fmt: skip
    if draw(st.integers(0, 4)) == 0:
        return str(draw(broken))
    return json.dumps(draw(fields()), ensure_ascii=draw(st.booleans()))


@st.composite
def pages(draw: Any) -> str:
    """A page of HTML, as far as it goes."""
    paragraphs = draw(st.lists(texts(), max_size=4))
    tag = draw(st.sampled_from(["p", "div", "li", "td", "h2", "blockquote", "span", "ا", "svg"]))
    inner = "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in paragraphs)
    head = draw(st.sampled_from(["", *_HEADS]))
    title = draw(st.sampled_from(SENTENCES))
    body = draw(
        st.sampled_from(
            [inner, inner, f"<article>{inner}</article>", f"<table><tr><td>{inner}</table>",
             f"<!--{inner}-->{inner}<!-- ", f"<script>{inner}</script>{inner}<script>",
             f"{_odd_tags(draw)}{inner}", f"<![CDATA[{inner}]]>{inner}", f"<textarea>{inner}"]
        )
    )  # fmt: skip
    whole = f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}"
    return str(draw(st.sampled_from([whole, whole, f"<!DOCTYPE html>{whole}</html>", inner])))


_HEADS = (
    '<meta charset="windows-1256">',
    '<meta charset="utf-7"><base href="http://[">',
    '<meta property="article:published_time" content="0000-00-00T99:99:99Z">',
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ["\\ud800", {}], '
    '"datePublished": -1, "author": [[[]]], "articleBody": "\\u202e"}</script>',
    '<script type="application/ld+json">' + "[" * 2000 + "</script>",
    '<script type="application/ld+json">{"@graph": [1, null, {"@type": ["Article", 3]}]}</script>',
    "<style>p:before{content:'",
    '<link rel="canonical" href="http://[::1/\u202e">',
)


def _odd_tags(draw: Any) -> str:
    count = draw(st.sampled_from([1, 60, 1200, 6000]))
    attributes = " ".join(f'a{n}="{n}"' for n in range(count))
    return str(
        draw(
            st.sampled_from(
                ["<div>" * count, "<b><i>" * count, f"<p {attributes}>", "<p a='" * count,
                 "</p>" * count, "&#xD800;&#0;&#1114112;&#99999999999;" * min(count, 60),
                 "&lt;p&gt;" * count, "<br>" * count, "<!--" * count, "<table>" * min(count, 1200)]
            )
        )
    )  # fmt: skip
