"""For pandas: a row a word, a row a name. Nothing here is needed to read a corpus.

    rows = pd.read_parquet("corpus/sentences")
    words, names = tokens_frame(rows), entities_frame(rows)

Only pandas, pyarrow and the schemas are imported: no Beam, no models.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from schemas.columns import Column
from schemas.sentences import ANALYSIS, ENTITIES, PLACE, TOKENS

# Columns of few values, which pandas keeps as numbers.
_CATEGORIES = frozenset(
    (
        *("doc_id", "block", "path", "site", "pos", "upos", "analysis_source", "entity_type"),
        *("prc3", "prc2", "prc1", "prc0", "enc0"),
        *("asp", "cas", "gen", "num", "per", "mod", "stt", "vox", "rat"),
    )
)
_CONTEXT = tuple(column.name for column in PLACE)


def tokens_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The words of sentences, one a row.

    Args:
        rows: rows of `sentences`, with any of its columns, at least one of words among them.

    Returns:
        The columns of words that `rows` has, and beside them: those of the sentence's place that it
        has; `token_index`, the word's place in its sentence from 0; and, where `rows` has `start`,
        `document_start` and `document_end`, the word's characters in `documents.text`. Tags are
        categories, other text is `str`, counts are `int32`, scores `float32`. The index is that of
        `rows`: `words.join(rows["text"])` adds the sentence.

    Raises:
        ValueError: there is no column of words, or the lists of a sentence differ in length.
    """
    return _unfolded(rows, (*TOKENS, *ANALYSIS), "token")


def entities_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The named entities of sentences, one a row.

    Args:
        rows: rows of `sentences`, with any of its columns, at least one of entities among them.

    Returns:
        The same as `tokens_frame`, for entities: `entity_index` is the place in the sentence.

    Raises:
        ValueError: there is no column of entities, or the lists of a sentence differ in length.
    """
    return _unfolded(rows, ENTITIES, "entity")


def _unfolded(rows: pd.DataFrame, columns: Sequence[Column], kind: str) -> pd.DataFrame:
    found = [column for column in columns if column.name in rows.columns]
    if not found:
        raise ValueError(f"no column of a {kind} in {list(rows.columns)}")
    lists = {column.name: _as_lists(rows[column.name], column.type) for column in found}
    lengths = _lengths(lists[found[0].name])
    for name, each in lists.items():
        if not np.array_equal(_lengths(each), lengths):
            raise ValueError(f"{name} and {found[0].name} differ in length in some sentence")
    place = np.repeat(np.arange(len(rows)), lengths)
    context = [name for name in _CONTEXT if name in rows.columns]
    made = {name: _repeated(rows[name], place) for name in context}
    starts = np.cumsum(lengths) - lengths
    made[f"{kind}_index"] = (np.arange(len(place)) - starts[place]).astype(np.int32)
    for column in found:
        made[column.name] = _values(lists[column.name].flatten(), column)
    if "start" in rows.columns:
        sentence = rows["start"].to_numpy()[place]
        for end in ("start", "end"):
            if f"{kind}_{end}" in made:
                made[f"document_{end}"] = (sentence + made[f"{kind}_{end}"]).astype(np.int32)
    return pd.DataFrame(made, index=rows.index[place])


def _as_lists(series: pd.Series, kind: pa.DataType) -> pa.ListArray:
    array = pa.array(series, type=kind, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _lengths(lists: pa.ListArray) -> np.ndarray:
    return np.asarray(lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False), np.int64)


def _repeated(series: pd.Series, place: np.ndarray) -> pd.Series:
    """The values of sentences, once for each of their words."""
    values = series.astype("category") if series.name in _CATEGORIES else series
    return values.array.take(place)


def _values(array: pa.Array, column: Column) -> pd.Series | np.ndarray:
    if column.name in _CATEGORIES:
        return array.dictionary_encode().to_pandas().array
    if pa.types.is_string(array.type):
        return pd.array(array.to_numpy(zero_copy_only=False), dtype="str")
    return array.to_numpy(zero_copy_only=False)
