"""The naive script and Warraq have one entity tagger: what it finds must be the same."""

import os
from itertools import islice

import pytest

from pipeline.models import find_models
from schemas.settings import Settings
from tests.gold.load import load
from transforms.entities import Span, spans_of
from transforms.tokens import tokenise
from transforms.word_vectors import load_word_vectors, vector_view

pytest.importorskip("torch")

SENTENCES = 100


def sentences(words):
    """Sentences of the gold articles, as the model spells them, whose words all have vectors."""
    for article in load().articles:
        for block in article.blocks:
            for start, end in block.sentences:
                tokens = [vector_view(word) for word in tokenise(block.text[start:end]).words]
                if words.issuperset(tokens):
                    yield tokens


@pytest.mark.models
def test_entities_of_words_with_vectors_are_those_of_a_plain_stanza_pipeline():
    from transforms.stanza_tagger import StanzaTagger

    models = find_models(Settings())
    os.environ.setdefault("CAMELTOOLS_DATA", str(models.morphology.parent))
    from tests.bench import naive  # without the variable the import would download a catalogue

    files = (models.morphology, models.ner_model, models.ner_vectors)
    _, stanza = naive.load(*map(str, files))
    words = set(load_word_vectors(models.ner_vectors).words)
    given = list(islice(sentences(words), SENTENCES))
    assert len(given) == SENTENCES
    expected = [
        [
            Span(entity.tokens[0].id[0] - 1, entity.tokens[-1].id[0], entity.type)
            for entity in sentence.ents
        ]
        for sentence in stanza(given).sentences
    ]
    ours = StanzaTagger(models.ner_model, models.ner_vectors, "float32").tag(given)
    assert [spans_of([tag.label for tag in tags]) for tags in ours] == expected
    assert any(expected)
