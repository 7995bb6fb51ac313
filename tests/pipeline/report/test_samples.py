from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.corpus_view import open_corpus
from pipeline.report.samples import TOLD, Analyses, Name, Removed, sample_articles, sentence_pieces
from tests.articles import analysis, sentence
from tests.pipeline.report.corpora import make_corpus


def text_of(piece):
    if isinstance(piece, Removed):
        return ""
    return "".join(map(text_of, piece.words)) if isinstance(piece, Name) else piece.text


def row(text, spans):
    """A row of `sentences` as far as a sample needs it."""
    one = sentence(text)
    analyses = [analysis(word) for word in one.tokens]
    return {
        "text": text,
        "tokens": one.tokens,
        "token_start": one.token_start,
        "token_end": one.token_end,
        **{name: [getattr(each, name) for each in analyses] for name in TOLD},
        "entity_token_start": [start for start, _ in spans],
        "entity_token_end": [end for _, end in spans],
        "entity_type": ["PER"] * len(spans),
        "entity_name": ["اسم"] * len(spans),
    }


@given(st.text(alphabet="قالم ،.:«»1a\n", max_size=40), st.data())
def test_pieces_of_a_sentence_make_up_its_text(text, data):
    count = len(sentence(text).tokens)
    edges = sorted(data.draw(st.sets(st.integers(0, count), max_size=6)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    pieces = sentence_pieces(row(text, spans), Analyses())
    assert "".join(map(text_of, pieces)) == text
    assert sum(isinstance(piece, Name) for piece in pieces) == len(spans)


def test_articles_of_different_sites_come_first_and_copies_never(tmp_path):
    articles, _ = sample_articles(open_corpus(make_corpus(tmp_path / "corpus")))
    assert {one.site for one in articles[:2]} == {"الخبر", "النهار"}
    assert sorted(one.doc_id for one in articles) == ["d0", "d1", "d2"]


def test_removed_lines_stand_where_they_stood(tmp_path):
    articles, _ = sample_articles(open_corpus(make_corpus(tmp_path / "corpus")))
    for one in articles:
        assert [block.kind for block in one.blocks] == ["paragraph", "removed"]
        assert one.blocks[1].pieces == [Removed("للمزيد", "related", "line")]


def test_an_analysis_is_held_once(tmp_path):
    _, analyses = sample_articles(open_corpus(make_corpus(tmp_path / "corpus")))
    assert len(set(analyses.rows)) == len(analyses.rows)
    (said,) = [row for row in analyses.rows if row[TOLD.index("gloss")] == "say"]
    assert said[TOLD.index("lemma")] == "قالَ"
