import gc
import io
import unicodedata

import conllu as conllu_package
import pyconll
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stanza.utils.conll import CoNLL
from udapi.core.document import Document
from udtools import Validator

from pipeline.exports.conllu import conllu
from pipeline.rows import sentence_table
from schemas.records import Entity
from tests.articles import analysed, analysis
from transforms.tokens import tokenise

VALIDATOR = Validator(lang="ud", level=2, output=io.StringIO())
PREFIXED = {
    "وموسكو": {"prc2": "wa_conj", "atb": "وَ+_مُوسْكُو", "diac": "وَمُوسْكُو", "pos": "noun_prop"},
    "للأزمة": {"prc1": "li_prep", "prc0": "Al_det", "atb": "لِ+_الأَزْمَة", "diac": "لِلأَزْمَة"},
    "لقائه": {"enc0": "3ms_poss", "atb": "لِقاء_+هُ", "diac": "لِقائه"},
    ".": {"pos": "punc", "upos": "PUNCT"},
}


def analyse(word):
    punctuation = {"pos": "punc", "upos": "PUNCT"} if not word[0].isalnum() else {}
    return analysis(word, **{**punctuation, **PREFIXED.get(word, {})})


def rows(*texts, entities=(), doc_id="d0"):
    """Rows of an article with these sentences; the entities are of the first."""
    article = analysed(doc_id, texts, analyse)
    found = (tuple(entities), *(() for _ in texts[1:]))
    annotated = type("Annotated", (), {"article": article.article})()
    annotated.sentences, annotated.analyses = article.sentences, article.analyses
    annotated.entities = found
    return sentence_table([annotated]).to_pylist()


def entity(first, end, name, kind="PER"):
    return Entity("", kind, 0, 0, first, end, name, 0.9)


def written(*given_rows):
    return "".join(conllu(given_rows))


def lines(text):
    return [line.split("\t") for line in text.splitlines() if line[:1].isdigit()]


def check(text, path):
    """Validate levels 1 and 2 of UD, and read back without loss with four readers."""
    path.write_text(text, encoding="utf-8")
    state = VALIDATOR.validate_files([str(path)])
    assert state.passed(), str(state)
    assert "".join(one.serialize() for one in conllu_package.parse(text)) == text
    assert pyconll.load_from_string(text).conll() == text
    assert f"{CoNLL.conll2doc(str(path)):C}".rstrip("\n") + "\n\n" == text
    gc.freeze()  # udapi collects garbage with each file, which takes long with torch in memory
    assert Document(str(path)).to_conllu_string() == text
    gc.unfreeze()


def test_clitics_are_words_of_a_multiword_token():
    text = written(*rows("قال للأزمة وموسكو."))
    assert [line[:2] for line in lines(text)] == [
        ["1", "قال"], ["2-3", "للأزمة"], ["2", "ل"], ["3", "الأزمة"],
        ["4-5", "وموسكو"], ["4", "و"], ["5", "موسكو"], ["6", "."],
    ]  # fmt: skip


def test_trees_are_flat_under_the_first_word_that_is_no_punctuation():
    text = written(*rows("«قال لافروف»."))
    assert [line[6:8] for line in lines(text)] == [
        ["2", "punct"], ["0", "root"], ["2", "dep"], ["2", "punct"], ["2", "punct"],
    ]  # fmt: skip


def test_documents_and_paragraphs_begin_where_they_do():
    first, second = rows("ثم عاد.", "قال."), rows("ثم.", doc_id="d1")
    second_paragraph = {**first[1], "paragraph_index": 1}
    text = written(first[0], second_paragraph, *second)
    marks = [line for line in text.splitlines() if line.startswith(("# new", "# sent_id"))]
    assert marks == [
        "# newdoc id = d0", "# newpar", "# sent_id = d0.0",
        "# newpar", "# sent_id = d0.1",
        "# newdoc id = d1", "# newpar", "# sent_id = d1.0",
    ]  # fmt: skip


def test_sentences_that_touch_say_so(tmp_path):
    first, second = rows("ثم عاد.", "قال.")
    touching = {**second, "start": first["end"]}
    assert lines(written(first, touching))[2][9] == "NER=O|SpaceAfter=No|Vform=."
    assert lines(written(first, {**touching, "paragraph_index": 1}))[2][9] == "NER=O|Vform=."
    check(written(first, touching), tmp_path / "a.conllu")


def test_a_sentence_without_tokens_is_left_out():
    empty, full = rows("ثم", "عاد")
    columns = {name: [] for name, value in empty.items() if isinstance(value, list)}
    assert "# sent_id = d0.0" not in written({**empty, **columns}, full)
    assert written({**empty, **columns}) == ""


def labels(text):
    return [
        next(part for part in line[9].split("|") if part.startswith("NER"))
        for line in lines(text)
        if "-" not in line[0]
    ]


def test_entities_are_labels_without_their_proclitics():
    named = rows("زار وموسكو الكبرى لقائه", entities=[entity(1, 3, "موسكو الكبرى", "LOC")])
    assert labels(written(*named)) == [
        "NER=O", "NER=O", "NER=B-LOC", "NER=I-LOC", "NER=O", "NER=O",
    ]  # fmt: skip


def test_a_name_that_keeps_its_first_letter_begins_with_it():
    named = rows("زار وموسكو", entities=[entity(1, 2, "وموسكو", "LOC")])
    assert labels(written(*named)) == ["NER=O", "NER=B-LOC", "NER=I-LOC"]


def test_values_of_misc_are_escaped(tmp_path):
    (row,) = rows("قال | \\ لافروف")
    row["gloss"] = ["a|b, c\\d", " x  y ", "=", None]
    text = written(row)
    assert [line[9].split("|")[0] for line in lines(text)] == [
        r"Gloss=a\pb\c c\\d", r"Gloss=\sx\s\sy\s", r"Gloss=\e", "NER=O",
    ]  # fmt: skip
    assert lines(text)[1][9].endswith(r"Vform=\p")
    check(text, tmp_path / "a.conllu")


def test_other_spaces_are_told_apart(tmp_path):
    text = written(*rows("قال  لافروف\tفي موسكو"))
    assert [line[9].split("|")[1] for line in lines(text)[:3]] == [
        r"SpacesAfter=\s\s", r"SpacesAfter=\t", "Vform=في",
    ]  # fmt: skip
    assert "# text = قال لافروف في موسكو\n" in text
    check(text, tmp_path / "a.conllu")


def test_marks_stand_in_the_order_of_unicode(tmp_path):
    text = written(*rows("مُحَمَّد"))
    assert text == unicodedata.normalize("NFC", text)
    check(text, tmp_path / "a.conllu")


def test_underscore_hash_and_number_are_words(tmp_path):
    check(written(*rows("_ # 1-2 _ 1,5 #سوريا http://a.b/c?d=e|f")), tmp_path / "a.conllu")


WORDS = st.sampled_from([*PREFIXED, "قال", "«", "»", "(", ")", '"', "_", "|", "\\", "1,5", "NATO"])
TEXTS = st.lists(
    st.lists(st.tuples(WORDS, st.sampled_from(["", " ", " ", "  "])), min_size=1, max_size=12),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=50)
@given(TEXTS)
def test_any_sentences_are_valid_and_read_back(tmp_path_factory, texts):
    joined = ["".join(word + gap for word, gap in text).strip() for text in texts]
    check(written(*rows(*joined)), tmp_path_factory.mktemp("any") / "a.conllu")


@pytest.mark.parametrize("text", ["قال لافروف: «ثم عاد».", 'زار "موسكو" (للأزمة)، لقائه'])
def test_offsets_of_tokens_come_back(text):
    """The token lines with their spacing give the text, and so the offsets of the corpus."""
    (sentence,) = conllu_package.parse(written(*rows(text)))
    inside, at, spans = 0, 0, []
    for token in sentence:
        if not isinstance(token["id"], int):
            inside = token["id"][2]
        elif token["id"] <= inside:
            continue
        spans.append((at, at + len(token["form"])))
        at += len(token["form"]) + ((token["misc"] or {}).get("SpaceAfter") != "No")
    expected = tokenise(text)
    assert spans == list(zip(expected.starts, expected.ends, strict=True))


def test_rows_are_streamed():
    first, second = rows("ثم عاد.", "قال.")
    taken = []

    def source():
        for row in (first, second, *(replace_id(first, number) for number in range(9))):
            taken.append(row)
            yield row

    next(conllu(source()))
    assert len(taken) == 2


def replace_id(row, number):
    return {**row, "sentence_id": f"x.{number}"}
