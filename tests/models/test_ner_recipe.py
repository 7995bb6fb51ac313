from __future__ import annotations

import dataclasses
import gzip
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from models.ner_gold import read_gold
from models.ner_recipe import measure, sha256, train_ner
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


class Run(NamedTuple):
    """A whole run of the recipe: its data, what it made, and what it kept of the way."""

    data: Path
    output: Path
    kept: Path
    report: dict[str, Any]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    data = tmp_path_factory.mktemp("data")
    write_data(data)
    report = train_ner(data, data / "made", TINY, keep=data / "kept")
    return Run(data, data / "made", data / "kept", report)


@pytest.mark.models
def test_the_whole_recipe_on_a_few_sentences(whole: Run) -> None:
    report, output = whole.report, whole.output
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
def test_the_recipe_gives_the_same_bytes_twice(whole: Run, tmp_path: Path) -> None:
    assert train_ner(whole.data, tmp_path, TINY)["sha256"] == whole.report["sha256"]


@pytest.mark.models
def test_a_run_goes_on_from_the_network_that_another_kept(whole: Run, tmp_path: Path) -> None:
    vectors, network = whole.output / "vectors.pt", whole.kept / "network.pt"
    rest = train_ner(whole.data, tmp_path, TINY, vectors=vectors, network=network)
    assert rest["sha256"] == whole.report["sha256"]


@pytest.mark.models
def test_the_tagger_that_was_measured_is_kept(whole: Run) -> None:
    _, development = read_gold(whole.data / "ner", TINY.development_share)
    tagger = StanzaTagger(whole.kept / "measured.pt", whole.output / "vectors.pt")
    assert measure(tagger, development)["scores"] == whole.report["development"]["scores"]


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
