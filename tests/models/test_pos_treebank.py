import gzip
import json

import pytest

from models.pos_treebank import read_iahlt, read_padt

UNIT = {
    "words": [
        {"form": "و", "upos": "CCONJ"},
        {"form": "ل", "upos": "ADP"},
        {"form": "الحكومة", "upos": "NOUN", "lemma": "حُكُومَة", "vform": "x", "xpos": "N------S2D"},
        {"form": "يرفض", "upos": "VERB", "lemma": "رَفَض", "unimorph": "ACT;IPFV;SG;IND;3;MASC;V"},
        {"form": "قرار", "upos": "NOUN", "xpos": "N------S4R"},
        {"form": "ه", "upos": "PRON"},
        {"form": "ل", "upos": "ADP"},
        {"form": "ه", "upos": "PRON"},
        {"form": "و", "upos": "CCONJ"},
        {"form": "هو", "upos": "PRON"},
    ],
    "mwt": [[0, 3, "وللحكومة"], [4, 6, "قراره"], [6, 8, "له"], [8, 10, "وهو"]],
}

CONLLU = """\
# text = للشعر الأبيض، وبهاء
1\tل\tلِ\tADP\t_\t_\t_\t_\t_\t_
2\tال\tال\tDET\t_\t_\t_\t_\t_\t_
3\tشعر\tشَعر\tNOUN\t_\t_\t_\t_\t_\t_
4\tال\tال\tDET\t_\t_\t_\t_\t_\t_
5\tأبيض\tأَبيَض\tADJ\t_\t_\t_\t_\t_\t_
6\t،\t،\tPUNCT\t_\t_\t_\t_\t_\t_
7\tو\tوَ\tCCONJ\t_\t_\t_\t_\t_\t_
8\tبهاء\tبَهَاء\tNOUN\t_\t_\t_\t_\t_\t_

# text = للشعر الأبيض، وبهاء
1\tل\tلِ\tADP\t_\t_\t_\t_\t_\t_

# text = كلام آخر
1\tشيء\tشَيء\tNOUN\t_\t_\t_\t_\t_\t_
"""


@pytest.fixture
def padt(tmp_path):
    path = tmp_path / "padt.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(UNIT, ensure_ascii=False) + "\n")
    (sentence,) = read_padt(path)
    return sentence


def test_syntactic_words_become_surface_words_with_their_clitics(padt):
    assert [(gold.word, gold.proclitics, gold.enclitics, gold.upos) for gold in padt] == [
        ("وللحكومة", 2, 0, "NOUN"),
        ("يرفض", 0, 0, "VERB"),
        ("قراره", 0, 1, "NOUN"),
        ("له", 0, 1, "ADP"),
        ("وهو", 1, 0, "PRON"),
    ]


def test_features_are_camels_of_tags_and_of_unimorph(padt):
    assert padt[0].feats == {"num": "s", "cas": "g", "stt": "d"}
    assert padt[1].feats == {
        "vox": "a", "asp": "i", "num": "s", "mod": "i", "per": "3", "gen": "m"
    }  # fmt: skip
    assert padt[2].feats["stt"] == "c"
    assert padt[3].feats == {}


def test_pieces_of_conllu_meet_the_text_once(tmp_path):
    path = tmp_path / "iahlt.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (sentence,) = read_iahlt(path)
    assert [(gold.word, gold.proclitics, gold.lemma) for gold in sentence] == [
        ("للشعر", 1, "شَعر"),
        ("الأبيض", 0, "أَبيَض"),
        ("،", 0, "،"),
        ("وبهاء", 1, "بَهَاء"),
    ]
