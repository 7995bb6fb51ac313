"""The commonest words of news, which set-up analyses ahead."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

from transforms.camel_analyser import WORD, model_view
from transforms.tokens import tokenise


def common_words(news: Path, least_count: int) -> list[str]:
    """The words of a folder of articles that occur so often, as they are spelled; commonest first.

    The first file is left out, so that speed can be measured on text that the list is not of.
    """
    counts: Counter[str] = Counter()
    for file in sorted(news.glob("*.jsonl.gz"))[1:]:
        with gzip.open(file, "rt", encoding="utf-8") as articles:
            for article in articles:
                counts.update(tokenise(json.loads(article)["text"]).words)
    kept = [
        (-count, word)
        for word, count in counts.items()
        if count >= least_count and WORD.fullmatch(model_view(word))
    ]
    return [word for _, word in sorted(kept)]
