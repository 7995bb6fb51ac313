import pytest
from bratly.io import read_and_load_txt_file

from pipeline.errors import UsageError
from pipeline.exports.export import export
from tests.pipeline.query.corpora import ARTICLES, make_corpus


@pytest.fixture
def folder(tmp_path):
    corpus = make_corpus(tmp_path / "corpus")
    export(corpus, str(tmp_path / "brat"), "brat")
    return tmp_path / "brat"


def annotations(folder, doc_id):
    """What bratly reads: entities, equivalences and notes."""
    document = read_and_load_txt_file(
        str(folder / f"{doc_id}.txt"), str(folder / f"{doc_id}.ann"), ann_renumerotize=False
    )
    return document.annotation_collections[0].annotations


def test_bratly_reads_the_names_where_they_stand_in_the_text(folder):
    for doc_id, (_, _, sentences) in ARTICLES.items():
        text = (folder / f"{doc_id}.txt").read_text(encoding="utf-8")
        assert text == " ".join(sentences)
        for one in annotations(folder, doc_id):
            if one.id.startswith("T"):
                (fragment,) = one.fragments
                assert text[fragment.start : fragment.end] == one.content


def test_names_come_back_with_their_types_and_who_is_who(folder):
    found = annotations(folder, "aa11")
    entities = [(one.id, one.label, one.content) for one in found if one.id.startswith("T")]
    assert entities == [
        ("T1", "PER", "سيرغي لافروف"),
        ("T2", "LOC", "موسكو"),
        ("T3", "LOC", "موسكو"),
    ]
    assert "*\tEquiv T2 T3\n" in (folder / "aa11.ann").read_text(encoding="utf-8")


def test_an_article_without_names_has_an_empty_file(folder):
    assert (folder / "bb33.ann").read_text(encoding="utf-8") == ""


def test_the_configuration_names_every_type(folder):
    text = (folder / "annotation.conf").read_text(encoding="utf-8")
    sections = ["[entities]", "[relations]", "[events]", "[attributes]"]
    assert [line for line in text.splitlines() if line.startswith("[")] == sections
    assert {"PER", "LOC", "ORG", "MISC"} <= set(text.split())


def test_nothing_is_written_over(folder, tmp_path):
    with pytest.raises(UsageError, match="is there already"):
        export(tmp_path / "corpus", str(folder), "brat")
    with pytest.raises(UsageError, match="is a folder; name one"):
        export(tmp_path / "corpus", "-", "brat")
    (tmp_path / "empty").mkdir()
    export(tmp_path / "corpus", str(tmp_path / "empty"), "brat", articles=1)
    assert len(list((tmp_path / "empty").iterdir())) == 4


def test_a_failure_leaves_nothing(tmp_path):
    corpus = make_corpus(tmp_path / "corpus")
    last = sorted((corpus / "sentences").glob("*.parquet"))[-1]
    last.write_bytes(last.read_bytes()[:100])
    with pytest.raises(Exception, match="cannot be exported"):
        export(corpus, str(tmp_path / "brat"), "brat")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]
