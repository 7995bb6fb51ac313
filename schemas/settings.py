"""Every setting, in the sections of the configuration file, with its default and its help.

Kept free of heavy imports: the command line reads it before anything else is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def setting(
    default: Any,
    help: str,
    *,
    annotates: bool = True,
    least: float | None = None,
    most: float | None = None,
    choices: tuple[str, ...] = (),
    several: bool = False,
) -> Any:
    """A dataclass field with the help shown by `--help`.

    `annotates` says whether the setting can change the corpus: only such settings enter the
    configuration's fingerprint (of a model, not its path but its checksum does). `least` and `most`
    are the smallest and the largest value allowed, `choices` the words allowed: one of them, or
    with `several` any of them with commas between.
    """
    described = {"help": help, "annotates": annotates, "least": least, "most": most}
    return field(default=default, metadata={**described, "choices": choices, "several": several})


@dataclass(frozen=True)
class ReadSettings:
    """`[read]`: how files become articles.

    The `*_field` settings name fields of JSON objects and columns of CSV and Parquet: the first of
    several comma-separated names that there is is taken.
    """

    text_field: str = setting("text", "field of a JSON object or column with the article's text")
    html_field: str = setting("html", "field with the article's page as HTML, if it has no text")
    title_field: str = setting("title", "field with its title")
    author_field: str = setting("author", "field with its author")
    site_field: str = setting("site,source", "field with the site that published it")
    published_field: str = setting("published,date", "field with its date")
    url_field: str = setting("url", "field with its address")
    id_field: str = setting("id", "field with its identifier at the source")
    encoding: str = setting("auto", "encoding of all inputs, instead of detecting each one's")
    max_article_megabytes: int = setting(
        64, "reject a larger article, counted after decompression", least=1
    )
    max_article_characters: int = setting(
        1_000_000, "reject an article whose text has more characters", least=1000
    )
    max_article_lines: int = setting(20_000, "reject an article whose text has more lines", least=1)
    max_archive_members: int = setting(
        1_000_000, "stop reading an archive with more members", least=1
    )
    max_archive_depth: int = setting(
        3, "reject an archive in more archives than this, itself counted", least=1
    )
    max_unfolding: int = setting(
        250, "stop reading a file that unfolds to more times its size (and 4 articles)", least=1
    )
    max_html_characters: int = setting(
        10_000_000, "reject a page with more characters, tags and scripts included", least=1000
    )
    max_html_elements: int = setting(
        50_000, "reject a page with more elements, comments included", least=100
    )
    max_html_attributes: int = setting(
        1000, "reject a page with a tag that has more attributes", least=10
    )

    @property
    def max_article_bytes(self) -> int:
        """`max_article_megabytes` in bytes."""
        return self.max_article_megabytes * 1024 * 1024


@dataclass(frozen=True)
class CleanSettings:
    """`[clean]`: which articles are taken and what is taken out of them."""

    keep_boilerplate: bool = setting(False, "keep navigation, pleas and signatures in the text")
    repeated_in: int = setting(
        5, "take out a line seen in so many different articles of its site; 0: none", least=0
    )
    keep_blocks: str = setting(
        "",
        "kinds of blocks to keep besides the article's text: byline, agency, caption",
        choices=("byline", "agency", "caption"),
        several=True,
    )
    min_arabic_share: float = setting(
        0.5,
        "reject an article with a smaller share of Arabic among its letters (0 to 1)",
        least=0,
        most=1,
    )
    min_language_score: float = setting(
        0.7,
        "how sure it must be that a text is not Arabic to be taken for that (0 to 1)",
        least=0,
        most=1,
    )
    other_languages: str = setting(
        "remove",
        "paragraphs in other languages: remove (and such articles: reject) or mark",
        choices=("remove", "mark"),
    )


@dataclass(frozen=True)
class DeduplicateSettings:
    """`[deduplicate]`: what becomes of articles that repeat another."""

    keep_duplicates: bool = setting(False, "annotate articles that repeat another, too")
    min_similarity: float = setting(
        0.5,
        "share of word pairs in common that makes an article a duplicate (0 to 1)",
        least=0,
        most=1,
    )


@dataclass(frozen=True)
class SplitSettings:
    """`[split]`: how blocks become sentences."""

    max_sentence_tokens: int = setting(
        100, "break a longer sentence at its best comma or conjunction", least=10
    )


@dataclass(frozen=True)
class AnalyseSettings:
    """`[analyse]`: morphological analysis."""

    morphology: str = setting(
        "", "morphology database; empty: the one that set-up makes", annotates=False
    )
    pos_model: str = setting(
        "", "contextual tagger (.npz); empty: the one in models/pos", annotates=False
    )
    backoff: str = setting(
        "CONTEXT",
        "what words outside the lexicon may be: CONTEXT (anything that fits the sentence), or one "
        "of camel-tools' back-offs",
    )
    # Of the 8,400 different words of a shard, so many are among those last asked for: of 30,000
    # 62 %, of 40,000 69 %, of 50,000 73 %, of 100,000 85 % (after 900,000 words of news). A word
    # takes 2 KB, and most of the others come from the file of known words.
    cache_words: int = setting(
        40_000, "word types whose analysis each worker remembers", annotates=False, least=1
    )


@dataclass(frozen=True)
class TagSettings:
    """`[tag]`: entity tagging."""

    ner_model: str = setting(
        "", "Stanza NER model (.pt); empty: the one in models/ner", annotates=False
    )
    ner_vectors: str = setting(
        "", "its word vectors (.pt); empty: those in models/ner", annotates=False
    )
    tag_batch_tokens: int = setting(2000, "tokens in a batch of the entity tagger", least=1)
    precision: str = setting(
        "auto",
        "numbers that the entity tagger's LSTM reckons with: float32, bfloat16 (a few scores and "
        "hardly a label differ), or auto: bfloat16 where the processor is made for it",
        choices=("auto", "float32", "bfloat16"),
    )


@dataclass(frozen=True)
class Settings:
    """All settings of a run."""

    read: ReadSettings = ReadSettings()
    clean: CleanSettings = CleanSettings()
    deduplicate: DeduplicateSettings = DeduplicateSettings()
    split: SplitSettings = SplitSettings()
    analyse: AnalyseSettings = AnalyseSettings()
    tag: TagSettings = TagSettings()
