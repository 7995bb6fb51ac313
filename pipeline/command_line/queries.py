"""The commands that ask a corpus: kwic, freq, names, show."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable
from typing import Any

from pipeline.command_line.command import DONE, add_command
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.options import similar

# The same as in `frequency` and in the schemas, which are not imported for help's sake.
_GROUPS = ("site", "block", "day", "month", "year")
_TYPES = ("PER", "LOC", "ORG", "MISC")
_LIMIT = 20
_LONGEST = 5

_PATTERN_HELP = """
A pattern is words in sequence, each as it is written (الرئيس) or described ([lemma="قال"]):

  [lemma="قال"] [upos="PROPN"]+            one or more names after a form of the verb
  [root="كتب" & upos!="VERB"]              = != on any column of words, & | ! ( ) between them
  [entity="PER"]{2,}                       words within names: entity, entity_name, entity_text
  [lemma="وزير|رئيس"] []{0,2} [upos="ADJ"]   [] is any word; ? * + {2} {1,3} say how often
  ("في" | "إلى") [lemma="مدينة.*"]         values are regular expressions for the whole value

Diacritics that you leave out may be any, those that you type must be there; == compares exactly.
A root needs no full stops, and its weak letters (ا و ي ء) match #.
"""


def add_commands(commands: Any) -> None:
    """Add the commands that ask a corpus."""
    kwic = add_command(
        commands,
        "kwic",
        "find words, lemmas, roots, names in a corpus and show them in their context",
        _kwic,
        "Show every place where the words of a pattern stand, with what is around.",
    )
    kwic.formatter_class = argparse.RawDescriptionHelpFormatter
    kwic.epilog = _PATTERN_HELP
    kwic.add_argument("pattern", metavar="PATTERN", help="what to look for: see below")
    _add_selection(kwic)
    kwic.add_argument(
        "--context", type=_number, default=12, metavar="N",
        help="words to show on either side (default: 12)",
    )  # fmt: skip
    kwic.add_argument(
        "--sort", choices=["before", "match", "after"], help="order of the hits that are shown"
    )
    _add_output(kwic, ("text", "csv", "html", "json"))
    _add_freq(commands)
    _add_names(commands)
    show = add_command(
        commands,
        "show",
        "show one article of a corpus with its annotation",
        _show,
        "Show one article: its text with names marked, and what is known of it.",
    )
    show.add_argument(
        "article", metavar="DOC", help="its doc_id, the beginning of that, or its path"
    )
    show.add_argument("--words", action="store_true", help="show the analysis of every word, too")
    show.add_argument("--removed", action="store_true", help="show what cleaning took out, too")
    _add_corpus(show)
    _add_output(show, ("text", "json"))


def _add_freq(commands: Any) -> None:
    freq = add_command(
        commands,
        "freq",
        "count words, lemmas, roots or sequences of them in a corpus",
        _freq,
        "Count the commonest words, lemmas, roots … or sequences of them.",
    )
    freq.add_argument(
        "attribute", metavar="ATTRIBUTE", nargs="?", default="lemma",
        help="what to count: word, lemma, root, pos, upos … (default: lemma)",
    )  # fmt: skip
    freq.add_argument(
        "--n", type=_number, default=1, metavar="N", help="count sequences of N words, 1 to 5"
    )
    freq.add_argument(
        "--where", metavar="PATTERN", help="""only words like this: '[upos="NOUN"]'"""
    )
    freq.add_argument("--by", choices=_GROUPS, help="count for each site, block, day, month, year")
    freq.add_argument("--punctuation", action="store_true", help="count punctuation, too")
    _add_selection(freq)
    _add_output(freq, ("text", "csv", "json"))


def _add_names(commands: Any) -> None:
    names = add_command(
        commands,
        "names",
        "count the people, places and organisations of a corpus",
        _names,
        "Count the names that are mentioned most, with their first and last day.",
    )
    names.add_argument(
        "name", metavar="NAME", nargs="?", help="a regular expression for whole names; without: all"
    )
    names.add_argument(
        "--type", action="append", choices=_TYPES, help="of this type; may be given again"
    )
    names.add_argument("--by", choices=_GROUPS, help="count for each site, block, day, month, year")
    _add_selection(names)
    _add_output(names, ("text", "csv", "json"))


def _add_corpus(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus", metavar="FOLDER", default="corpus", help="corpus to read (default: corpus)"
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    _add_corpus(command)
    command.add_argument(
        "--limit", type=_number, default=_LIMIT, metavar="N",
        help=f"how many to show (default: {_LIMIT}); 0: all",
    )  # fmt: skip
    command.add_argument("--site", action="append", help="of this site; may be given again")
    command.add_argument(
        "--block", action="append", help="in this kind of block: title, heading, …"
    )
    for flag, day in (("from", "first"), ("to", "last")):
        command.add_argument(
            f"--{flag}", dest=f"{day}_day", type=datetime.date.fromisoformat, metavar="DATE",
            help=f"{day} day of publication, as 2026-01-31",
        )  # fmt: skip


def _add_output(command: argparse.ArgumentParser, forms: tuple[str, ...]) -> None:
    command.add_argument("--format", choices=forms, default="text", help="default: text")
    command.add_argument(
        "--json", dest="format", action="store_const", const="json", help="short for --format json"
    )
    command.add_argument(
        "--output", metavar="FILE", default="-", help="file to write (default: standard output)"
    )
    for flag, what in (("color", "colour"), ("isolates", "mark the direction of Arabic fields")):
        command.add_argument(
            f"--{flag}", choices=["auto", "always", "never"], default="auto",
            help=f"{what}: in a terminal (auto), always or never",
        )  # fmt: skip


def _number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _selection(parsed: argparse.Namespace) -> Any:
    from pipeline.query.selection import Selection

    return Selection(
        sites=tuple(parsed.site or ()),
        first_day=parsed.first_day,
        last_day=parsed.last_day,
        blocks=tuple(parsed.block or ()),
    )


def _writing(parsed: argparse.Namespace, write: Callable[..., None]) -> None:
    """Open what the command writes to, and its style, and let it write."""
    from pipeline.exports.output import STANDARD_OUTPUT, writing
    from pipeline.query.terminal import terminal_style

    style = terminal_style(parsed.color, parsed.isolates, parsed.output != STANDARD_OUTPUT)
    with writing(parsed.output) as file:
        write(file, style)


def _kwic(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.query.concordance import concordance
    from pipeline.query.concordance_output import write_hits
    from pipeline.query.corpus import open_corpus
    from pipeline.query.parser import parse_pattern

    parse_pattern(parsed.pattern)  # what does not parse is told before what is not there
    limit = parsed.limit or None
    hits = concordance(
        open_corpus(place(parsed.corpus)), parsed.pattern, _selection(parsed), limit, parsed.context
    )
    if parsed.sort:
        hits = iter(sorted(hits, key=_order(parsed.sort)))
    counted = 0

    def write(file: Any, style: Any) -> None:
        nonlocal counted
        counted = write_hits(hits, parsed.format, file, style, parsed.pattern)

    _writing(parsed, write)
    if not counted:
        print("warraq: no hits", file=sys.stderr)
    elif counted == limit:
        print(f"warraq: the first {counted} hits; all with --limit 0", file=sys.stderr)
    return DONE


def _order(field: str) -> Callable[[Any], Any]:
    """Hits by their words; those before from the nearest outwards."""
    if field == "before":
        return lambda hit: hit.before.split()[::-1]
    return lambda hit: getattr(hit, field).split()


def _freq(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.query.corpus import open_corpus
    from pipeline.query.frequency import Frequency, frequencies
    from pipeline.query.pattern import TOKEN_ATTRIBUTES
    from pipeline.query.tables import write_rows

    if parsed.attribute not in TOKEN_ATTRIBUTES:
        hint = similar(parsed.attribute, TOKEN_ATTRIBUTES) or ", ".join(TOKEN_ATTRIBUTES)
        cause = f"{parsed.attribute} is no attribute of words"
        raise UsageError(ErrorCode.BAD_ARGUMENTS, cause, hint)
    if not 1 <= parsed.n <= _LONGEST:
        way_out = f"sequences are of 1 to {_LONGEST} words"
        raise UsageError(ErrorCode.BAD_ARGUMENTS, f"--n {parsed.n}", way_out)
    asked = Frequency(
        attribute=parsed.attribute,
        length=parsed.n,
        test=parsed.where,
        group=parsed.by,
        punctuation=parsed.punctuation,
        limit=parsed.limit or None,
        selection=_selection(parsed),
    )
    rows = frequencies(open_corpus(place(parsed.corpus)), asked)
    _writing(
        parsed, lambda file, style: write_rows(rows, asked.columns, parsed.format, file, style)
    )
    return DONE


def _names(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.query.corpus import open_corpus
    from pipeline.query.names import columns_of, names
    from pipeline.query.tables import write_rows

    rows = names(
        open_corpus(place(parsed.corpus)),
        _selection(parsed),
        types=parsed.type or (),
        like=parsed.name,
        group=parsed.by,
        limit=parsed.limit or None,
    )
    titles = columns_of(parsed.by)
    _writing(parsed, lambda file, style: write_rows(rows, titles, parsed.format, file, style))
    return DONE


def _show(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.query.article import find_article, write_article
    from pipeline.query.corpus import open_corpus
    from pipeline.query.tables import write_json

    article = find_article(open_corpus(place(parsed.corpus)), parsed.article)

    def write(file: Any, style: Any) -> None:
        if parsed.format == "json":
            write_json([article], file)
        else:
            write_article(article, file, style, parsed.words, parsed.removed)

    _writing(parsed, write)
    return DONE
