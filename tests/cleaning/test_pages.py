"""The benchmark itself: its gold must be true to its pages."""

import json
from datetime import date
from typing import get_args

import pytest

from schemas.records import BlockKind
from tests.cleaning.pages import HERE, load, visible_text
from tests.conftest import SEED

PAGES = load().pages


def flat(text):
    return " ".join(text.split())


def test_there_are_forty_pages_in_text_and_html():
    assert len(PAGES) >= 40
    assert {page.is_html for page in PAGES} == {True, False}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_gold_block_stands_in_its_page_in_order(page):
    seen = flat(page.visible)
    place = 0
    for block in page.blocks:
        assert block.kind in get_args(BlockKind)
        text = flat(block.text)
        assert text
        found = seen.find(text, place)
        assert found >= 0, f"{block.kind} {text!r} is not behind what stands before it"
        place = found + len(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_gold_says_the_same_twice(page):
    titles = [flat(block.text) for block in page.blocks if block.kind == "title"]
    assert titles == ([] if page.title is None else [flat(page.title)])
    assert page.published is None or date.fromisoformat(page.published)
    assert page.site
    assert page.family
    assert page.body


def test_the_seed_is_one_of_the_pages():
    assert (HERE / "pages" / "text-seed-syriantelegraph.txt").read_bytes() == SEED.read_bytes()


def test_the_visible_text_of_html_is_one_block_a_line_without_scripts():
    html = (
        "<title>x</title><p>قال <b>الوز</b>ير<br>أمس<script>var a</script></p><ul><li>أ<li>ب</ul>"
    )
    assert visible_text(html) == "قال الوزير\nأمس\nأ\nب"


def test_a_page_without_gold_is_told(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("نص")
    with pytest.raises(ValueError, match=r"alone: \['a'\]"):
        load(tmp_path)
    gold = {"title": None, "author": None, "published": None, "site": "س", "family": "ف"}
    blocks = [{"kind": "paragraph", "text": "نص"}]
    (tmp_path / "gold" / "a.json").write_text(json.dumps({**gold, "blocks": blocks}))
    before = load(tmp_path)
    assert before.pages[0].body == "نص"
    (tmp_path / "pages" / "a.txt").write_text("نص ")
    assert load(tmp_path).digest != before.digest
