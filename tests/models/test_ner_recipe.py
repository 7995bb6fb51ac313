from __future__ import annotations

import dataclasses
import gzip
import json
from pathlib import Path

import pytest

from models.ner_recipe import sha256, train_ner
from models.ner_settings import (
    LearningSettings,
    NerSettings,
    PretrainingSettings,
    TeachingSettings,
    VectorSettings,
)
from transforms.stanza_tagger import StanzaTagger

NAMES = ["جون كيري", "باولو جنتيلوني", "سيرغي لافروف"]
PLACES = ["موسكو", "القاهرة", "تدمر", "إيطاليا"]


def write_data(folder: Path) -> None:
    """Sixty labelled sentences and ninety articles, all of one pattern."""
    (folder / "ner").mkdir()
    (folder / "news").mkdir()
    (folder / "gazetteers").mkdir()
    for name in ("anergazet_pers.txt", "anergazet_loc.txt", "anergazet_org.txt"):
        (folder / "gazetteers" / name).write_text("جون\n", encoding="utf-8")
    (folder / "gazetteers" / "countries.ar.tsv").write_text("إيطاليا\tIT\n", encoding="utf-8")
    (folder / "gazetteers" / "given_names.csv").write_text("gender,name\nذكر,جون\n", "utf-8")
    labelled, plain = [], []
    for number in range(90):
        first, last = NAMES[number % 3].split()
        place = PLACES[number % 4]
        labelled.append(f"زار O\nالوزير O\n{first} B-PERS\n{last} I-PERS\n{place} B-LOC\nأمس. O\n")
        plain.append(f"زار الوزير {first} {last} مدينة {place} أمس.")
    conll = "\n".join(labelled[:60])
    for name in ("anercorp", "cleananercorp"):
        (folder / "ner" / f"{name}.train.conll").write_text(conll, encoding="utf-8")
    with gzip.open(folder / "news" / "articles-00.jsonl.gz", "wt", encoding="utf-8") as file:
        for text in plain:
            file.write(json.dumps({"title": None, "text": text}) + "\n")


TINY = NerSettings(
    hidden=16,
    vectors=VectorSettings(dimensions=16, epochs=3, least_count=2, buckets=500, table_words=5),
    pretraining=PretrainingSettings(stretch_words=10, stretches=4, group=2, width=8),
    teaching=TeachingSettings(seeds=(1, 2), epochs=12, batch_words=50, learning_rate=0.02),
    learning=LearningSettings(news_words=100, epochs=4, batch_words=50, learning_rate=0.01),
)


@pytest.mark.models
def test_the_whole_recipe_on_a_few_sentences(tmp_path: Path) -> None:
    write_data(tmp_path)
    output = tmp_path / "made"
    report = train_ner(tmp_path, output, TINY)
    for labels in ("original", "corrected"):
        assert report["development"]["scores"][labels]["ALL"]["f1"] > 90
    assert (report["training_sentences"], report["development_sentences"]) == (52, 8)
    assert json.loads((output / "scores.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(report)
    )
    described = json.loads((output / "model.json").read_text(encoding="utf-8"))
    for name in ("tagger.pt", "vectors.pt"):
        assert report["sha256"][name] == sha256(output / name)
        assert report["sha256"][name] == described[name.removesuffix(".pt")]["sha256"]
        assert report["sha256"][name] in (output / "CARD.md").read_text(encoding="utf-8")

    tagger = StanzaTagger(output / "tagger.pt", output / "vectors.pt")
    (tags,) = tagger.tag([("زار", "الوزير", "جُون", "كيري", "تدمر", "أمس", ".")])
    assert [tag.label for tag in tags] == ["O", "O", "B-PER", "E-PER", "S-LOC", "O", "O"]
    assert all(0 <= tag.score <= 1 for tag in tags)


@pytest.mark.models
def test_the_recipe_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    write_data(tmp_path)
    first, second = (train_ner(tmp_path, tmp_path / name, TINY) for name in ("one", "two"))
    assert first["sha256"] == second["sha256"]


MODELS = Path(__file__).parents[2] / "models" / "ner"


@pytest.mark.models
def test_the_committed_files_are_those_that_were_measured() -> None:
    described = json.loads((MODELS / "model.json").read_text(encoding="utf-8"))
    scores = json.loads((MODELS / "scores.json").read_text(encoding="utf-8"))
    card = (MODELS / "CARD.md").read_text(encoding="utf-8")
    for part in described.values():
        assert sha256(MODELS / part["file"]) == part["sha256"]
        assert scores["sha256"][part["file"]] == part["sha256"]
        assert part["sha256"] in card
    assert scores["settings"] == json.loads(json.dumps(dataclasses.asdict(NerSettings())))
    assert scores["development"]["scores"]["original"]["ALL"]["f1"] >= 74
    assert sum((MODELS / part["file"]).stat().st_size for part in described.values()) < 40e6
