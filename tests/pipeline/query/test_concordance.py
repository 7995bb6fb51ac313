import csv
import datetime
import io
import json

import pytest
from lxml.html import fromstring

from pipeline.query.concordance import concordance
from pipeline.query.concordance_output import write_hits
from pipeline.query.corpus import open_corpus
from pipeline.query.parser import PatternError
from pipeline.query.selection import Selection
from pipeline.query.terminal import Style, columns
from tests.pipeline.query.corpora import make_corpus

PLAIN = Style(width=80, isolating=False, coloured=False)


def found(corpus, pattern, **asked):
    return [(hit.sentence_id, hit.match) for hit in concordance(corpus, pattern, **asked)]


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        ("قال", [("aa11.0", "قال"), ("bb33.0", "قال")]),
        ('[lemma="قال"]', [("aa11.0", "قال"), ("aa11.1", "وقالت"), ("bb33.0", "قال")]),
        ('[lemma="قال"] [upos="PROPN"]+', [
            ("aa11.0", "قال سيرغي لافروف"), ("aa11.1", "وقالت موسكو")]),
        ('[lemma="معلم"]', [("aa11.1", "معلم"), ("aa22.0", "معلما"), ("bb33.0", "معلم")]),
        ('[lemma="معلّم"]', [("aa11.1", "معلم"), ("bb33.0", "معلم")]),
        ('[lemma=="مُعَلِّم"]', [("aa11.1", "معلم"), ("bb33.0", "معلم")]),
        ('[lemma=="معلم"]', []),
        ('[lemma="استقبال"]', [("aa22.0", "استقبال")]),
        ('[root="قول"]', [("aa11.0", "قال"), ("aa11.1", "وقالت"), ("bb33.0", "قال")]),
        ('[root="كتب" & upos!="VERB"] []', [
            ("aa11.1", "كتاب جديد"), ("bb33.1", "كتاب جديد"), ("bb33.1", "كتاب جديد")]),
        ('[root="كتب" & !(upos="VERB" | upos="ADJ")] [upos="PUNCT"]', []),
        ('[entity="PER"]+', [("aa11.0", "سيرغي لافروف"), ("aa22.0", "لافروف")]),
        ('[entity_name="سيرغي لافروف"]{2}', [("aa11.0", "سيرغي لافروف")]),
        ('[upos="PROPN" & entity!="PER"]', [("aa11.0", "موسكو"), ("aa11.1", "موسكو")]),
        ('[entity="" & upos="VERB"] [entity="LOC"]', [("aa11.1", "وقالت موسكو")]),
        ('[feats contains "Gender=Fem"]', [("aa11.1", "وقالت")]),
        ('[feats contains "Gender"]', []),
        ('[gloss="SAY"%c]', [("aa11.0", "قال"), ("aa11.1", "وقالت"), ("bb33.0", "قال")]),
        ('[gloss=="SAY"%c] معلم', [("bb33.0", "قال معلم")]),
        ('[root=""] [root=""] [root=""] []', [("aa11.0", "سيرغي لافروف في موسكو")]),
        ('[lemma="كت.*"] معلم | في استقبال', [("aa11.1", "كتب معلم"), ("aa22.0", "في استقبال")]),
        (r'"\."', [(each, ".") for each in ("aa11.0", "aa11.1", "aa22.0", "bb33.0", "bb33.1")]),
        ("'؛'", []),
    ],
)  # fmt: skip
def test_hits(corpus, pattern, hits):
    assert found(corpus, pattern) == hits


def test_the_prefilter_loses_nothing(corpus, monkeypatch):
    patterns = ["[upos='VERB'] [upos!='ADP'] | []{3} 'كتب'", "(في | قال)? [lemma='م.*']", "[]{7}"]
    with_filter = [found(corpus, pattern) for pattern in patterns]
    monkeypatch.setattr("pipeline.query.concordance.required", lambda pattern, known: None)
    assert [found(corpus, pattern) for pattern in patterns] == with_filter
    assert all(with_filter)


def test_context_is_of_the_sentence_and_of_so_many_words(corpus):
    (hit,) = concordance(corpus, "سيرغي", context=2)
    assert (hit.before, hit.match, hit.after) == ("قال", "سيرغي", "لافروف في")
    assert (hit.first, hit.end, hit.lemma, hit.upos) == (1, 2, ("سيرغي",), ("PROPN",))
    (hit,) = concordance(corpus, "سيرغي", context=0)
    assert (hit.before, hit.after) == ("", "")


def test_the_search_ends_at_the_limit(corpus):
    assert len(found(corpus, "[]", limit=4)) == 4


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(sites=("اثنان",)), ["aa22"]),
        (Selection(first_day=datetime.date(2016, 3, 24)), ["aa11", "aa22"]),
        (Selection(last_day=datetime.date(2016, 3, 24)), ["aa11"]),
        (Selection(blocks=("title",)), []),
        (Selection(sites=("لا'شيء",)), []),
    ],
)
def test_the_corpus_can_be_narrowed(corpus, selection, ids):
    hits = concordance(corpus, r'"\."', selection=selection)
    assert list(dict.fromkeys(hit.doc_id for hit in hits)) == ids


def test_a_corpus_without_a_row_has_no_hits(tmp_path):
    assert found(open_corpus(make_corpus(tmp_path / "corpus", articles={})), "قال") == []


def test_a_value_that_is_no_regular_expression_is_shown(corpus):
    with pytest.raises(PatternError, match=r"character 8 .*regular expression") as caught:
        found(corpus, '[lemma="(قال"]')
    assert caught.value.shown.startswith('  [lemma="(قال"]\n')
    assert found(corpus, '[word=="(قال"]') == []
    assert found(corpus, '[word=="\'; DROP TABLE x; --"]') == []


def written(corpus, form, style=PLAIN, pattern='[lemma="قال"]'):
    out = io.StringIO()
    count = write_hits(concordance(corpus, pattern), form, out, style, pattern)
    return out.getvalue(), count


def test_lines_start_the_hits_in_one_column(corpus):
    text, count = written(corpus, "text")
    lines = text.splitlines()
    assert count == 3
    assert [line[:28].split() for line in lines] == [
        ["aa11.0", "2016-03-24"], ["aa11.1", "2016-03-24"], ["bb33.0"],
    ]  # fmt: skip
    matches = ["قال", "وقالت", "قال"]
    starts = {line.index(match) for line, match in zip(lines, matches, strict=True)}
    assert len(starts) == 1


def test_lines_fit_the_terminal_and_nothing_moves_their_fields(corpus):
    style = Style(width=60, isolating=True, coloured=True)
    text, _ = written(corpus, "text", style, "في")
    for line in text.splitlines():
        assert line.count("\u2067") == line.count("\u2069") == 4
        # All of it between isolates: white space at the very end would go to its other side.
        assert line.endswith("\u200f\u2069\u200f\u2069")
        plain = line.replace("\x1b[1;33m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
        assert columns(plain) <= 60


def test_text_of_an_article_cannot_control_the_terminal(tmp_path):
    articles = {"aa11": (None, None, ("قال \x1b[2Jشيئا \u202eمعكوسا.",))}
    corpus = open_corpus(make_corpus(tmp_path / "corpus", articles))
    text, _ = written(corpus, "text", pattern="قال")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_csv_has_all_of_a_hit(corpus):
    text, _ = written(corpus, "csv")
    first = next(csv.DictReader(io.StringIO(text)))
    assert (first["before"], first["match"], first["lemma"]) == ("", "قال", "قال")
    assert first["published"] == "2016-03-24T10:00:00"
    assert first["path"] == "in/a.jsonl"


def test_json_is_an_array_even_of_nothing(corpus):
    text, _ = written(corpus, "json")
    assert [hit["match"] for hit in json.loads(text)] == ["قال", "وقالت", "قال"]
    assert json.loads(written(corpus, "json", pattern="لاشيء")[0]) == []


def test_html_escapes_what_articles_and_patterns_say(tmp_path):
    script = "<script>alert(1)</script>"
    articles = {"aa11": (script, None, (f"قال {script} & لا.",))}
    corpus = open_corpus(make_corpus(tmp_path / "corpus", articles))
    text, _ = written(corpus, "html", pattern='[word="قال" | word="<script>"]')
    assert "<script" not in text
    (row,) = fromstring(text).iter("tr")
    assert [cell.get("class") for cell in row] == ["before", "match", "after", "from"]
    assert row[2].text.startswith(f"{script} &")
    assert 'dir="rtl"' in text
