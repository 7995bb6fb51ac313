"""From annotated articles to Arrow tables, in columns from the start.

One function a table; each fills exactly the columns that `schemas` names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from schemas import documents, quarantine, sentences
from schemas.records import AnnotatedArticle, Rejection, TokenAnalysis

_FEATURES = [column.name for column in sentences.ANALYSIS]  # also the fields of TokenAnalysis
_FEATURE_TYPES = [sentences.SCHEMA.field(name).type for name in _FEATURES]


def sentence_table(articles: Iterable[AnnotatedArticle]) -> pa.Table:
    """The rows of `sentences`, in the order of the articles and of their text."""
    columns: dict[str, list[Any]] = {
        name: [] for name in sentences.SCHEMA.names if name not in _FEATURES
    }
    analysed: list[tuple[TokenAnalysis, ...]] = []

    def add(**values: Any) -> None:
        for name, value in values.items():
            columns[name].append(value)

    for annotated in articles:
        origin, metadata = annotated.article.origin, annotated.article.metadata
        rows = zip(annotated.sentences, annotated.analyses, annotated.entities, strict=True)
        for sentence, analyses, entities in rows:
            if len(analyses) != len(sentence.tokens):
                raise ValueError(f"{len(sentence.tokens)} tokens, {len(analyses)} analyses")
            add(
                sentence_id=f"{origin.doc_id}.{sentence.index}",
                doc_id=origin.doc_id,
                sentence_index=sentence.index,
                paragraph_index=sentence.paragraph_index,
                block=sentence.block,
                path=origin.path,
                site=metadata.site,
                published=metadata.published,
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                source_start=sentence.source_start,
                source_end=sentence.source_end,
                split_reason=sentence.split_reason,
                tokens=sentence.tokens,
                token_start=sentence.token_start,
                token_end=sentence.token_end,
                entity_text=[entity.text for entity in entities],
                entity_type=[entity.type for entity in entities],
                entity_start=[entity.start for entity in entities],
                entity_end=[entity.end for entity in entities],
                entity_token_start=[entity.token_start for entity in entities],
                entity_token_end=[entity.token_end for entity in entities],
                entity_name=[entity.name for entity in entities],
                entity_id=[entity.id for entity in entities],
                entity_score=[entity.score for entity in entities],
            )
            analysed.append(analyses)
    return _table(columns | _analysis_columns(analysed), sentences.SCHEMA)


def _analysis_columns(sentences_analysed: Sequence[Sequence[TokenAnalysis]]) -> dict[str, pa.Array]:
    """A column of lists for each field of an analysis, a list a sentence.

    Made of all words in a row, which takes half the time that lists of lists would take.
    """
    words = [row for analyses in sentences_analysed for row in analyses]
    starts = pa.array(itertools.accumulate(map(len, sentences_analysed), initial=0), pa.int32())
    values = zip(*words, strict=True) if words else itertools.repeat((), len(_FEATURES))
    return {
        name: pa.ListArray.from_arrays(starts, pa.array(given, kind.value_type), type=kind)
        for name, kind, given in zip(_FEATURES, _FEATURE_TYPES, values, strict=True)
    }


def document_table(articles: Iterable[AnnotatedArticle]) -> pa.Table:
    """The rows of `documents`, in the order of the articles."""
    rows = [_document(annotated) for annotated in articles]
    return pa.Table.from_pylist(rows, schema=documents.SCHEMA)


def quarantine_table(rejections: Sequence[Rejection], run_id: str) -> pa.Table:
    """The rows of `quarantine`, in the order of the rejections."""
    rows = [
        {
            "path": rejection.path,
            "record": rejection.record,
            "source_sha256": rejection.source_sha256,
            "stage": rejection.stage,
            "reason": rejection.reason,
            "message": rejection.message,
            "run_id": run_id,
        }
        for rejection in rejections
    ]
    return pa.Table.from_pylist(rows, schema=quarantine.SCHEMA)


def _document(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    origin, metadata = article.origin, article.metadata
    return {
        "doc_id": origin.doc_id,
        "path": origin.path,
        "record": origin.record,
        "source_id": metadata.source_id,
        "source_sha256": origin.source_sha256,
        "media_type": origin.media_type,
        "encoding": origin.encoding,
        "encoding_source": origin.encoding_source,
        "encoding_confidence": origin.encoding_confidence,
        "encoding_evidence": list(origin.encoding_evidence),
        "title": metadata.title,
        "author": metadata.author,
        "site": metadata.site,
        "url": metadata.url,
        "published": metadata.published,
        "published_as_given": metadata.published_as_given,
        "language": article.language,
        "arabic_share": article.arabic_share,
        "source_length": article.source_length,
        "text": article.text,
        "block_kind": [block.kind for block in article.blocks],
        "block_start": [block.start for block in article.blocks],
        "block_end": [block.end for block in article.blocks],
        "block_language": [block.language for block in article.blocks],
        "removed_text": [removed.text for removed in article.removed],
        "removed_way": [removed.way for removed in article.removed],
        "removed_reason": [removed.reason for removed in article.removed],
        "removed_start": [removed.source_start for removed in article.removed],
        "removed_end": [removed.source_end for removed in article.removed],
        "duplicate_of": article.duplicate_of,
        "similarity": article.similarity,
        "sentence_count": len(annotated.sentences),
        "token_count": sum(len(sentence.tokens) for sentence in annotated.sentences),
        "entity_count": sum(map(len, annotated.entities)),
    }


def _table(columns: Mapping[str, list[Any] | pa.Array], schema: pa.Schema) -> pa.Table:
    arrays = [
        given if isinstance(given, pa.Array) else pa.array(given, type=field.type)
        for field, given in ((field, columns[field.name]) for field in schema)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
