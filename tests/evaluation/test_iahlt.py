"""Sentences of IAHLT, its articles on their nouns."""

from tests.evaluation.iahlt import read_iahlt
from tests.evaluation.sources import DataFile

WORDS = [
    ("و", "وَ", "CCONJ", "SpaceAfter=No"),
    ("ل", "لِ", "ADP", "SpaceAfter=No"),
    ("ال", "ال", "DET", "SpaceAfter=No"),
    ("طفل", "طِفل", "NOUN", "_"),
    ('"', '"', "PUNCT", "SpaceAfter=No"),
    ("كتاب", "كِتَاب", "NOUN", "SpaceAfter=No"),
    ("ه", "هُوَ", "PRON", "SpaceAfter=No"),
    ('"', '"', "PUNCT", "SpaceAfter=No"),
    ("،", "،", "PUNCT", "_"),
    ("5", "5", "NUM", "SpaceAfter=No"),
    ("-", "-", "PUNCT", "SpaceAfter=No"),
    ("3", "3", "NUM", "SpaceAfter=No"),
    (".", ".", "PUNCT", "SpaceAfter=No"),
]
TEXT = 'وللطفل "كتابه"، 5-3.'


def sentence(text):
    lines = [f"# text = {text}"]
    for number, (form, lemma, upos, misc) in enumerate(WORDS, 1):
        lines.append("\t".join([str(number), form, lemma, upos, *"_____", misc]))
    return "\n".join(lines) + "\n\n"


def read(tmp_path, *texts):
    path = tmp_path / "dev.conllu"
    path.write_text("".join(map(sentence, texts)), encoding="utf-8")
    return read_iahlt(DataFile(path, "dev", "ours"))


def test_words_are_those_of_the_text(tmp_path):
    (unit,) = read(tmp_path, TEXT)
    assert unit.text == TEXT
    assert [token.surface for token in unit.tokens] == [
        *("وللطفل", '"', "كتابه", '"', "،", "5", "-", "3", ".")
    ]


def test_the_article_stays_on_its_noun(tmp_path):
    (unit,) = read(tmp_path, TEXT)
    assert [word.form for word in unit.tokens[0].words] == ["و", "ل", "الطفل"]
    assert unit.tokens[0].words[2].lemma == "طِفل"
    assert [word.upos for word in unit.tokens[2].words] == ["NOUN", "PRON"]


def test_a_text_counts_once_and_one_that_does_not_meet_its_words_not_at_all(tmp_path):
    assert len(read(tmp_path, TEXT, TEXT, "ليس هذا نصها أبدا يا صاحبي")) == 1
