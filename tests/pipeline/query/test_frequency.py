import pytest

from pipeline.errors import UsageError
from pipeline.query.frequency import Frequency, frequencies
from pipeline.query.parser import PatternError
from pipeline.query.selection import Selection


def counted(corpus, attribute, **asked):
    rows = frequencies(corpus, Frequency(attribute, **asked))
    return [(row[attribute], row["count"]) for row in rows]


def test_lemmas_are_counted_without_punctuation(corpus):
    assert counted(corpus, "lemma", limit=3) == [("جَدِيد", 4), ("فِي", 4), ("قال", 3)]
    assert (".", 5) in counted(corpus, "word", punctuation=True, limit=None)
    assert "." not in dict(counted(corpus, "word", limit=None))


def test_shares_are_of_the_words_that_were_counted(corpus):
    rows = frequencies(corpus, Frequency("upos", limit=None))
    assert sum(row["per_million"] for row in rows) == pytest.approx(1_000_000, abs=1)


def test_missing_values_do_not_count(corpus):
    roots = dict(counted(corpus, "root", limit=None))
    assert roots == {"ك.ت.ب": 5, "ق.#.ل": 3, "ع.ل.م": 3, "ق.ب.ل": 1}


def test_sequences_stay_in_their_sentence_and_between_punctuation(corpus):
    pairs = dict(counted(corpus, "word", length=2, limit=None))
    assert pairs["كتاب جديد"] == 3
    assert "جديد كتب" not in pairs  # a comma stands between them
    assert "موسكو وقالت" not in pairs  # a full stop, and another sentence
    assert dict(counted(corpus, "word", length=5, limit=None)) == {
        "قال سيرغي لافروف في موسكو": 1, "وقالت موسكو في كتاب جديد": 1,
        "كتب لافروف في استقبال معلما": 1, "لافروف في استقبال معلما جديد": 1,
        "كتاب جديد في كتاب جديد": 1,
    }  # fmt: skip


def test_words_can_be_described(corpus):
    assert counted(corpus, "lemma", test='[upos="VERB" & root!="كتب"]') == [("قال", 3)]
    assert dict(counted(corpus, "upos", length=2, test='[upos!="ADP"]', limit=1)) == {"NOUN ADJ": 4}
    with pytest.raises(PatternError):
        counted(corpus, "lemma", test="[upos=]")
    with pytest.raises(UsageError, match="`names` counts names"):
        counted(corpus, "lemma", test='[entity="PER"]')


def test_counts_by_month_and_site_are_of_the_commonest_in_all(corpus):
    rows = frequencies(corpus, Frequency("lemma", group="month", test='[upos="VERB"]', limit=1))
    assert [(row["month"], row["lemma"], row["count"]) for row in rows] == [
        ("2016-03", "قال", 2), (None, "قال", 1),
    ]  # fmt: skip
    assert [row["per_million"] for row in rows] == [666_666.7, 1_000_000.0]
    rows = frequencies(corpus, Frequency("root", group="site", limit=None))
    assert {(row["site"], row["root"]): row["count"] for row in rows}["اثنان", "ك.ت.ب"] == 1


def test_the_corpus_can_be_narrowed(corpus):
    assert dict(counted(corpus, "root", selection=Selection(sites=("اثنان",)))) == {
        "ك.ت.ب": 1, "ع.ل.م": 1, "ق.ب.ل": 1,
    }  # fmt: skip
