"""The numbers of the page, beside those of a corpus that was made by hand."""

import json
from datetime import date

import pytest

from pipeline.report import build, charts, cleaning, counting, making, names, words
from pipeline.report.corpus_view import open_corpus
from tests.pipeline.report.corpora import make_corpus, make_empty


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    view = open_corpus(make_corpus(tmp_path_factory.mktemp("corpus")))
    words.count_words(view)
    names.find_names(view, "day")
    return view


def rows(section, figure):
    (found,) = [one for one in section.figures if one.id == figure]
    return list(found.table.rows)


def test_articles_are_counted_by_day_and_site(view):
    section = counting.articles_section(view, counting.time_unit(view))
    assert rows(section, "by-day") == [
        (date(2016, 3, 1), "الخبر", 1, 3, 12),
        (date(2016, 3, 2), "الخبر", 2, 1, 5),
    ]
    assert [row[:4] for row in rows(section, "by-site")] == [
        ("الخبر", 3, 4, 17),
        ("النهار", 1, 1, 5),
    ]
    assert section.figures[0].note.endswith("not in this chart: 1 of 4.")


def test_parts_of_speech_add_up_to_all_tokens(view):
    section = words.words_section(view)
    found = {row[0]: row[1] for row in rows(section, "parts-of-speech")}
    assert sum(found.values()) == 22
    assert found["VERB verb"] == 3
    assert words.known_share(view) == (17, pytest.approx(12 / 17))


def test_unknown_words_are_those_that_were_guessed(view):
    found = rows(words.words_section(view), "unknown")
    assert found == [("كيري", 2, "PROPN"), ("لافروف", 2, "PROPN"), ("جون", 1, "PROPN")]


def test_forms_are_counted_under_their_lemma_and_root(view):
    section = words.lemmas_section(view)
    assert rows(section, "lemmas-noun")[0] == ("مَدِينَة", 2)
    assert rows(section, "roots") == [("ق.#.ل", 3, "قالَ"), ("م.د.ن", 2, "مَدِينَة")]


def test_who_is_named_twice_in_an_article_counts_once_under_the_longest_form(view):
    section = names.names_section(view, "day")
    assert rows(section, "names-per") == [
        ("لافروف", 2, 2),
        ("جون كيري", 1, 2),
    ]
    assert rows(section, "names-loc") == [("موسكو", 2, 2)]


def test_names_that_two_articles_share_are_together(view):
    section = names.names_section(view, "day")
    assert rows(section, "together") == [("لافروف (PER)", "موسكو (LOC)", 2)]
    assert rows(section, "pairs") == [("لافروف (PER)", "موسكو (LOC)", 2, 1.5)]


def test_what_was_removed_rejected_and_repeated_is_told_with_its_reason(view):
    assert rows(cleaning.cleaning_section(view), "removals")[0][::2] == ("related", "line", 24)
    assert rows(cleaning.rejections_section(view), "rejections") == [
        ("empty", "no visible character in it", "read", 1)
    ]
    repeated = rows(cleaning.duplicates_section(view), "repeated")
    assert repeated == [("عنوان d0", "الخبر", 1, "الخبر")]


def test_speed_is_told_of_every_stage_that_was_measured(view):
    found = dict(row[:2] for row in rows(making.speed_section(view), "stages"))
    assert found["tag"] == 2.0


def test_scores_and_cards_are_shown_only_of_models_that_the_corpus_names(view):
    assert [figure.id for figure in making.models_section(view).figures] == ["models-named"]
    assert making.cards(view) == []


def test_scores_are_those_of_the_models_files(view, monkeypatch):
    sums = making._sums("pos") | making._sums("ner")
    models = [dict.fromkeys(("name", "version", "licence"), "x") | {"sha256": one} for one in sums]
    monkeypatch.setitem(view.manifest, "models", models)
    section = making.models_section(view)
    stored = json.loads((making._MODELS / "ner" / "scores.json").read_text(encoding="utf-8"))
    f1 = {row[0]: row[3] for row in rows(section, "entity-scores")}
    assert f1["PER"] == stored["development"]["scores"]["original"]["PER"]["f1"]
    assert [card.title for card in making.cards(view)] == [
        "The contextual tagger",
        "The entity tagger",
    ]
    assert all("href" not in card.html and "<table>" in card.html for card in making.cards(view))


def test_corpus_without_documents_has_a_page(tmp_path):
    folder = make_empty(tmp_path / "corpus")
    page = build.report(folder).read_text(encoding="utf-8")
    assert "no visible character in it" in page
    assert "There is none." in page


@pytest.mark.parametrize("ground", ["#ffffff", "#f5f7f9", "#14181d", "#1d232a"])
@pytest.mark.parametrize("colour", [*charts.PALETTE, charts.OTHER])
def test_colours_of_charts_stand_out_on_light_and_dark_ground(colour, ground):
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def luminance(colour):
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
