"""A folder that a crawler fills: each night some files come, change, and go."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from tests.transforms.news import body, edited

_FOOT = "تجمع هذه الصفحة أخبار المدينة كل صباح ومساء لقرائها في البلاد وخارجها منذ سنوات."
_MOST_FILES = 24


def grow(folder: Path, night: int) -> None:
    """Let a night's files come, change and go; the same for the same folder and night."""
    folder.mkdir(exist_ok=True)
    chance = random.Random(night)  # noqa: S311
    there = sorted(folder.iterdir())
    for path in chance.sample(there, min(len(there), 1)):
        path.write_bytes(_lines(night * 1000 + 500, 2))
    for count in range(8 if night == 0 else chance.randint(1, 3)):
        number = night * 1000 + count * 10
        kind = chance.choice(["txt", "jsonl", "jsonl", "copy", "broken", "empty"])
        _write(folder, kind, number, chance)
    there = sorted(folder.iterdir())
    for path in chance.sample(there, max(0, len(there) - _MOST_FILES)):
        path.unlink()


def _write(folder: Path, kind: str, number: int, chance: random.Random) -> None:
    if kind == "jsonl":
        (folder / f"{number:08}.jsonl").write_bytes(_lines(number, chance.randint(1, 4)))
    elif kind == "txt":
        (folder / f"{number:08}.txt").write_text(_article(number), encoding="utf-8")
    elif kind == "copy":  # of an article of the first night
        text = edited(_article(chance.randint(0, 3)), 0.03, number)
        (folder / f"{number:08}.txt").write_text(text, encoding="utf-8")
    elif kind == "broken":
        (folder / f"{number:08}.txt.gz").write_bytes(gzip.compress(_lines(number, 1))[:-9])
    else:
        (folder / f"{number:08}.txt").touch()


def _article(number: int) -> str:
    return f"{body(number, 40)}\n{_FOOT}"


def _lines(number: int, count: int) -> bytes:
    articles = (
        {"id": one, "title": f"خبر رقم {one}", "site": "الخبر", "text": _article(one)}
        for one in range(number, number + count)
    )
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles).encode()
