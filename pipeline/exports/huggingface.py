"""A folder that `datasets.load_dataset` opens, with a dataset card made from the manifest."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas import documents, sentences
from schemas.columns import Column

_TABLES: Mapping[str, Sequence[Column]] = {
    "sentences": sentences.COLUMNS,
    "documents": documents.COLUMNS,
}
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LARGEST = "1M<n<10M"
_COUNTED = ("documents", "sentences", "tokens", "entities")

_CARD = """---
language:
- ar
license: other
license_name: several
license_link: README.md#licences
pretty_name: Arabic news annotated by Warraq
size_categories:
- {size}
task_categories:
- token-classification
- fill-mask
task_ids:
- named-entity-recognition
- part-of-speech
- lemmatization
annotations_creators:
- machine-generated
language_creators:
- found
multilinguality:
- monolingual
source_datasets:
- original
configs:
{configs}
dataset_info:
{features}
---

# Arabic news annotated by Warraq

{counts}: words, lemmas, roots, parts of speech, features, diacritics, clitics and named entities,
one sentence a row. All annotation is by machine.

```python
from datasets import load_dataset

sentences = load_dataset("FOLDER", split="train")
documents = load_dataset("FOLDER", "documents", split="train")
```

Word-level and entity-level columns are parallel lists: one word is the same place in each.

## Where it comes from

| | |
| --- | --- |
| run | `{run_id}` |
| configuration | `{fingerprint}` |
| Warraq | {warraq_version} |
| schema version | {schema_version} |

Rejected inputs: {rejected}.

## Licences

The articles are their publishers'. What made the annotation:

| model | version | licence | sha256 |
| --- | --- | --- | --- |
{models}

## Columns

{columns}
"""


def write_dataset(version: Path, manifest: Mapping[str, Any], folder: Path) -> None:
    """Copy the tables of a corpus and write a card beside them.

    Args:
        version: the folder of the tables.
        manifest: what the run left.
        folder: where to write.
    """
    for table in _TABLES:
        (folder / table).mkdir()
        for path in sorted((version / table).glob("*.parquet")):
            with path.open("rb") as source, (folder / table / path.name).open("wb") as copy:
                shutil.copyfileobj(source, copy)
    (folder / "README.md").write_text(dataset_card(manifest), encoding="utf-8")


def dataset_card(manifest: Mapping[str, Any]) -> str:
    """The card: what the Hub reads at its head, and what a person wants to know."""
    counts = manifest["counts"]
    told = [f"{counts[name]:,} {name}" for name in _COUNTED if name in counts]
    # The manifest of a corpus that grows has no reasons: `quarantine` has them.
    reasons = manifest.get("rejected_by") or {"in all": counts.get("rejected", 0)}
    rejected = ", ".join(f"{why} {count:,}" for why, count in reasons.items() if count)
    models = [
        f"| {model['name']} | {model['version']} | {model['licence']} | `{model['sha256']}` |"
        for model in manifest["models"]
    ]
    return _CARD.format(
        size=next((size for most, size in _SIZES if counts["sentences"] < most), _LARGEST),
        configs="\n".join(map(_config, _TABLES)),
        features="\n".join(f"- config_name: {name}\n{features(_TABLES[name])}" for name in _TABLES),
        counts=", ".join(told),
        rejected=rejected or "nothing",
        models="\n".join(models),
        columns="\n\n".join(f"### {name}\n\n{_columns(_TABLES[name])}" for name in _TABLES),
        **{
            name: manifest[name]
            for name in ("run_id", "fingerprint", "warraq_version", "schema_version")
        },
    )


def features(columns: Sequence[Column]) -> str:
    """The types of columns, in the YAML of `datasets`."""
    lines = ["  features:"]
    for column in columns:
        kind = column.type
        is_list = pa.types.is_list(kind)
        name = _type_name(kind.value_type if is_list else kind)
        lines += [f"  - name: {column.name}", f"    {'list' if is_list else 'dtype'}: {name}"]
    return "\n".join(lines)


def _type_name(kind: pa.DataType) -> str:
    """A type under the name that `datasets` has for it."""
    if pa.types.is_timestamp(kind):
        return f"timestamp[{kind.unit}]"
    return {"float": "float32"}.get(str(kind), str(kind))


def _config(table: str) -> str:
    default = "\n  default: true" if table == "sentences" else ""
    files = f"  data_files:\n  - split: train\n    path: {table}/*.parquet"
    return f"- config_name: {table}{default}\n{files}"


def _columns(columns: Sequence[Column]) -> str:
    rows = [f"| `{column.name}` | {column.type} | {column.description} |" for column in columns]
    return "\n".join(["| column | type | what |", "| --- | --- | --- |", *rows])
