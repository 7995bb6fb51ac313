"""What our cleaner reached on the benchmark; it may get better, never worse."""

import json

import pytest

from tests.cleaning.pages import HERE, load
from tests.cleaning.report import FLOOR_MARGIN, as_data, as_floor, as_markdown, evaluate
from tests.cleaning.systems import KEEP_EVERYTHING, WARRAQ

FLOOR = json.loads((HERE / "floor.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages():
    return load()


@pytest.fixture(scope="module")
def results(pages):
    return evaluate(pages, [WARRAQ, KEEP_EVERYTHING])


@pytest.mark.parametrize("medium", sorted(FLOOR))
@pytest.mark.parametrize("figure", ["f1", "titles"])
def test_our_cleaner_does_not_fall_below_what_it_reached(results, medium, figure):
    summary = next(row.summary for row in results[medium] if row.system == WARRAQ)
    assert getattr(summary, figure) >= FLOOR[medium][figure]


def test_every_medium_of_the_set_has_a_floor(results):
    assert sorted(results) == sorted(FLOOR)


def test_a_new_floor_is_just_below_what_is_reached(results):
    floor = as_floor(results)
    ours = next(row.summary for row in results["plain text"] if row.system == WARRAQ)
    assert floor["plain text"]["f1"] == pytest.approx(ours.f1 - FLOOR_MARGIN, abs=1e-4)
    assert sorted(floor) == sorted(results)


def test_the_report_names_the_set_and_each_page(pages, results):
    text = as_markdown(pages, results, with_pages=True)
    assert pages.digest in text
    assert "licence Apache-2.0" in text
    assert all(f"| {page.name} |" in text for page in pages.pages)
    data = as_data(pages, results)
    assert data["pages"] == len(pages.pages)
    assert set(data["media"]["HTML"]) == {WARRAQ, KEEP_EVERYTHING}
