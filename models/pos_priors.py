"""The treebank's counts of lemmas, matched with the lemmas of the morphology database."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from transforms.lemma_priors import Count, bare_lemma, lemma_key
from transforms.lexicon import Lexicon
from transforms.readings import plain_lemma

_ARABIC = re.compile("[ء-ي]")
_NOT_OF_WORDS = frozenset({"punc", "digit", "foreign"})


class PriorTables:
    """What `transforms.lemma_priors.LemmaPriors` holds, as it is written into the model's file."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        """Read natural log-probabilities of `pos<tab>lemma` in Buckwalter's transliteration.

        Args:
            path: `logprob_atb_camel_v1.0.json`, made by camel_morph from the Arabic Treebank.
            lexicon: the database whose lemmas are to be matched.
        """
        self._stems = list(lexicon.stems())
        given = _read(path)
        counts: dict[str, dict[str, float]] = defaultdict(dict)
        for pos, lemma, logarithm in given:
            own = counts[lemma_key(lemma)]
            own[pos] = own.get(pos, 0.0) + math.exp(logarithm)
        lost = self._adopt(counts)
        self.counts = {key: _as_counts(own) for key, own in counts.items()}
        self.names = self._missing_names(given)
        self.respelled = self._respelled(given, lost, counts)

    def _adopt(self, counts: dict[str, dict[str, float]]) -> set[str]:
        """Give counts to lemmas of the database that differ by vowels alone; return the rest.

        Counted أبو is the database's أَبُو, if no other counted lemma is.
        """
        known: dict[str, set[str]] = defaultdict(set)
        for stem in self._stems:
            lemma = plain_lemma(stem["lex_id"])
            known[bare_lemma(lemma)].add(lemma_key(lemma))
        lost = set()
        for key in sorted(counts):
            alike = known.get(bare_lemma(key), set())
            free = sorted(other for other in alike if other not in counts)
            if key not in alike and free:
                counts[max(free, key=lambda other: _likeness(key, other))] = counts[key]
            elif not alike:
                lost.add(key)
        return lost

    def _missing_names(self, given: list[tuple[str, str, float]]) -> dict[str, str]:
        """Vocalised proper nouns by bare spelling, where the database has no such proper noun."""
        known = {
            bare_lemma(plain_lemma(stem["lex_id"]))
            for stem in self._stems
            if stem.get("pos") == "noun_prop"
        }
        best: dict[str, tuple[float, str]] = {}
        for pos, lemma, logarithm in given:
            bare = bare_lemma(lemma)
            if pos == "noun_prop" and bare not in known and bare != lemma:
                best[bare] = max(best.get(bare, (-math.inf, "")), (logarithm, lemma))
        return {bare: lemma for bare, (_, lemma) in sorted(best.items())}

    def _respelled(
        self,
        given: list[tuple[str, str, float]],
        lost: set[str],
        counts: dict[str, dict[str, float]],
    ) -> dict[str, str]:
        """The treebank's lemma by bare stem, where the database gives the stem another."""
        stems: dict[str, set[str]] = defaultdict(set)
        for stem in self._stems:
            if stem.get("pos") in ("noun", "adj"):
                stems[bare_lemma(stem.get("diac", ""))].add(bare_lemma(plain_lemma(stem["lex_id"])))
        found: dict[str, tuple[float, str]] = {}
        for pos, lemma, _ in given:
            key, bare = lemma_key(lemma), bare_lemma(lemma)
            if key in lost and pos != "noun_prop" and bare in stems and bare not in stems[bare]:
                share = math.fsum(counts[key].values())
                found[bare] = max(found.get(bare, (-math.inf, "")), (share, lemma))
        return {bare: lemma for bare, (_, lemma) in sorted(found.items())}


def _read(path: Path) -> list[tuple[str, str, float]]:
    """Part of speech, lemma in Arabic script and log-probability, of words alone."""
    from camel_tools.utils.charmap import CharMapper

    arabic = CharMapper.builtin_mapper("bw2ar")
    held = json.loads(path.read_text(encoding="utf-8"))["pos_lex"]
    return list(_words((pair, arabic.map_string(pair), value) for pair, value in held.items()))


def _words(pairs: Iterator[tuple[str, str, float]]) -> Iterator[tuple[str, str, float]]:
    for pair, mapped, logarithm in pairs:
        pos, lemma = pair.partition("\t")[0], mapped.partition("\t")[2]
        if pos not in _NOT_OF_WORDS and _ARABIC.search(lemma):
            yield pos, lemma, logarithm


def _as_counts(own: dict[str, float]) -> tuple[Count, ...]:
    ordered = sorted(own.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(pos, round(math.log(share), 3)) for pos, share in ordered)


def _likeness(one: str, other: str) -> tuple[float, str]:
    return SequenceMatcher(None, one, other).ratio(), other
