"""The real scraped page: what a user gets from `make corpus`, row by row."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import SEED

pytestmark = pytest.mark.models

GOLDEN = Path(__file__).with_name("golden") / "seed.json"
FURNITURE = [
    "عالميمحلي",
    "سيرفي-",
    "اظهر المزيد",
    "مقالات ذات صلة",
    "زر الذهاب",
    "Adblock",
    "تلغراف",
]
EXPECTED = {
    "لافروف": {"PER"},
    "موسكو": {"LOC"},
    "تدمر": {"LOC"},
    "داعش": {"ORG"},
    "باولو جنتيلوني": {"PER"},
    "جون كيري": {"PER"},
    "إيطاليا": {"LOC"},
}


@pytest.fixture(scope="module")
def tables(seed_corpus):
    return {
        name: pd.read_parquet(seed_corpus / name)
        for name in ("sentences", "documents", "quarantine")
    }


def test_seed_is_one_document_of_title_headings_and_paragraphs(tables):
    (document,) = tables["documents"].itertuples()
    kinds = list(document.block_kind)
    assert (kinds.count("title"), kinds.count("heading"), kinds.count("paragraph")) == (1, 2, 14)
    assert document.title == "لافروف : نتوقع إنجاز عملية تحرير تدمر في أقرب وقت"
    assert tables["quarantine"].empty


def test_no_furniture_is_left_and_all_of_it_is_kept_apart(tables):
    texts = "\n".join(tables["sentences"]["text"])
    (document,) = tables["documents"].itertuples()
    for phrase in FURNITURE:
        assert phrase not in texts
        assert any(phrase in removed for removed in document.removed_text)


def test_source_offsets_are_exact(tables):
    source = SEED.read_text(encoding="utf-8")
    for row in tables["sentences"].itertuples():
        behind = source[row.source_start : row.source_end]
        assert behind.replace("\xa0", " ") == row.text
    (document,) = tables["documents"].itertuples()
    removed = zip(document.removed_text, document.removed_start, document.removed_end, strict=True)
    assert all(source[start:end] == text for text, start, end in removed)


def test_people_places_and_organisations_of_the_article_are_found(tables):
    names = tables["sentences"][["entity_name", "entity_type"]].explode(
        ["entity_name", "entity_type"]
    )
    found = names.groupby("entity_name")["entity_type"].agg(set).to_dict()
    for name, types in EXPECTED.items():
        assert types & found.get(name, set()), name


def test_rows_are_the_golden_ones(tables):
    """Store what changed on purpose with `UPDATE_GOLDEN=1 make test`, and read the difference."""
    rows = json.loads(
        tables["sentences"]
        .drop(columns=["analysis_score", "entity_score"])
        .to_json(orient="records", force_ascii=False, date_format="iso")
    )
    if os.environ.get("UPDATE_GOLDEN"):
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text + "\n", encoding="utf-8")
    assert rows == json.loads(GOLDEN.read_text(encoding="utf-8"))
