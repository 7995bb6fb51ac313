"""WebAnno TSV has no reader on PyPI: this one follows INCEpTION's, rule for rule."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.export import export
from pipeline.exports.webanno import webanno
from pipeline.rows import sentence_table
from schemas.records import Entity
from tests.articles import analysed, analysis
from tests.pipeline.query.corpora import make_corpus

STACKED = re.compile(r"(?<!\\)\|")
VALUES = dict(zip("\\[]|_;*", "\\[]|_;*", strict=True)) | {"t": "\t", "n": "\n"}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


def unescaped(text, signs):
    """What stands for each backslash and the sign after it."""
    return re.sub(r"\\(->|.)", lambda found: signs.get(found[1], found[1]), text, flags=re.DOTALL)


def read(tsv):
    """The text, the sentences and tokens as spans, and the values of layers by span.

    Offsets are in UTF-16, which is what INCEpTION keeps its text in.
    """
    assert tsv.endswith("\t\n")  # after an empty line INCEpTION expects a sentence
    lines = tsv.split("\n")[:-1]
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    columns = []
    at = 1
    while lines[at].startswith("#T_SP="):
        layer, *features = lines[at].removeprefix("#T_SP=").split("|")
        columns += [(layer.rpartition(".")[2], feature) for feature in features]
        at += 1
    assert lines[at : at + 2] == ["", ""]
    text, sentences, tokens, spans, by_number = "", [], [], {}, {}
    for block in "\n".join(lines[at + 2 :]).split("\n\n"):
        head = [line for line in block.split("\n") if line.startswith("#")]
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        begin = int(rows[0][1].split("-")[0])
        encoded = text.encode("utf-16-le")[: 2 * begin]
        text = encoded.decode("utf-16-le")
        text += " " * (begin - len(encoded) // 2)
        sentence = [unescaped(line[6:], CONTROLS) for line in head if line.startswith("#Text=")]
        text += "".join(line + "\n" for line in sentence)
        sentences.append("\n".join(sentence))
        for row in rows:
            start, end = map(int, row[1].split("-"))
            tokens.append((start, end, unescaped(row[2], CONTROLS)))
            assert len(row) >= len(columns) + 3
            for column, value in zip(columns, row[3:], strict=False):
                for each in STACKED.split(value) if value != "_" else []:
                    number = re.fullmatch(r"(.*)(?<!\\)\[(\d+)\]", each, re.DOTALL)
                    label = unescaped(number[1] if number else each, VALUES)
                    first = by_number.setdefault((column, number[2]), start) if number else start
                    spans[column, first] = (end, label)
    return text, sentences, tokens, spans


def rows(*texts, entities=(), analyse=analysis):
    article = analysed("d0", texts, analyse)
    annotated = type("Annotated", (), {"article": article.article})()
    annotated.sentences, annotated.analyses = article.sentences, article.analyses
    annotated.entities = (tuple(entities), *(() for _ in texts[1:]))
    return sentence_table([annotated]).to_pylist()


def sliced(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_an_article_comes_back_with_its_analysis_and_names(tmp_path):
    corpus = make_corpus(tmp_path / "corpus")
    export(corpus, str(tmp_path / "tsv"), "webanno")
    assert sorted(path.name for path in (tmp_path / "tsv").iterdir()) == [
        "aa11.tsv", "aa22.tsv", "bb33.tsv",
    ]  # fmt: skip
    text, sentences, tokens, spans = read((tmp_path / "tsv" / "aa11.tsv").read_text("utf-8"))
    assert sentences == ["قال سيرغي لافروف في موسكو.", "وقالت موسكو في كتاب جديد، كتب معلم."]
    assert text == "\n".join(sentences) + "\n"
    assert [token for _, _, token in tokens][:4] == ["قال", "سيرغي", "لافروف", "في"]
    assert all(sliced(text, start, end) == token for start, end, token in tokens)
    name = ("NamedEntity", "value")
    assert {sliced(text, start, end): label for (column, start), (end, label) in spans.items()
            if column == name} == {"سيرغي لافروف": "PER", "موسكو": "LOC"}  # fmt: skip
    assert spans[("POS", "coarseValue"), 0] == (3, "VERB")
    assert spans[("Lemma", "value"), 0] == (3, "قال")
    assert spans[("MorphologicalFeatures", "value"), 27] == (32, "Aspect=Perf|Gender=Fem")


def test_offsets_count_utf_16(tmp_path):
    found = rows("قال 😊 لا.", "ثم عاد.")
    text, _, tokens, _ = read("".join(webanno(found)))
    assert [(start, end) for start, end, _ in tokens][:3] == [(0, 3), (4, 6), (7, 9)]
    assert all(sliced(text, start, end) == token for start, end, token in tokens)


def test_neighbouring_names_stay_two(tmp_path):
    names = [
        Entity("", "PER", 0, 0, 0, 2, "قال لافروف", 0.9),
        Entity("", "PER", 0, 0, 2, 4, "في موسكو", 0.9, 1),
    ]
    text, _, _, spans = read("".join(webanno(rows("قال لافروف في موسكو.", entities=names))))
    labelled = {
        sliced(text, start, end)
        for (column, start), (end, _) in spans.items()
        if column == ("NamedEntity", "value")
    }
    assert labelled == {"قال لافروف", "في موسكو"}


TEXT = st.text(alphabet="قال_[]|*;->\\ 😊.#=-", min_size=1, max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_any_text_comes_back(texts):
    texts = [text for text in (" ".join(text.split()) for text in texts) if text]
    found = rows(*texts) if texts else []
    if not any(row["tokens"] for row in found):
        return
    text, sentences, tokens, spans = read("".join(webanno(found)))
    assert sentences == [row["text"] for row in found if row["tokens"]]
    assert all(sliced(text, start, end) == token for start, end, token in tokens)
    lemmas = [label for (column, _), (_, label) in spans.items() if column == ("Lemma", "value")]
    assert lemmas == [word for row in found for word in row["tokens"]]


@pytest.mark.parametrize("value", ["a_b", "a|b", "a[1]", "a->b", "\\", "*", "_", "a;b"])
def test_any_value_comes_back(value):
    found = rows("قال.", analyse=lambda word: analysis(word, lemma=value))
    _, _, _, spans = read("".join(webanno(found)))
    assert spans[("Lemma", "value"), 0] == (3, value)
