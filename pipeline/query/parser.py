"""From what a user types to a pattern; what does not parse is shown where it does not.

pattern    = sequence { "|" sequence }
sequence   = part { part }
part       = ( word | string | "[" [ test ] "]" | "(" pattern ")" ) [ repetition ]
repetition = "?" | "*" | "+" | "{" n "}" | "{" n "," [ n ] "}" | "{" "," n "}"
test       = conjunct { "|" conjunct }
conjunct   = negation { "&" negation }
negation   = "!" negation | "(" test ")" | attribute operator value [ "%c" ]
operator   = "=" | "!=" | "==" | "!==" | "contains"
"""

from __future__ import annotations

import re
from typing import NoReturn, cast

from wcwidth import wcswidth

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.options import similar
from pipeline.query import pattern as tree
from pipeline.query.pattern import ATTRIBUTES, FEATURES, Comparison, Operator, Pattern, Test

_SPACE = re.compile(r"\s*")
_BARE = re.compile(r"""[^\s\[\](){}|&"'?*+=!%]+""")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_OPERATOR = re.compile(r"!==|==|!=|=|contains\b")
_REPETITION = re.compile(r"\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}")
# A word after another, each of which may be left out, makes a state each.
_MOST_REPEATED = 100
_MOST_NESTED = 50


class PatternError(UsageError):
    """A pattern that says nothing: where, and what was expected there.

    `shown` is the pattern with a mark under the place, in two lines.
    """

    def __init__(self, cause: str, shown: str) -> None:
        super().__init__(ErrorCode.BAD_PATTERN, cause)
        self.args = (cause, shown)
        self.shown = shown

    @property
    def line(self) -> str:
        """What is printed: a line, and the pattern under it."""
        return f"{super().line}\n{self.shown}"


def parse_pattern(text: str) -> Pattern:
    """The pattern that a text stands for.

    Raises:
        PatternError: it does not parse.
    """
    parser = _Parser(text)
    pattern = parser.pattern()
    parser.expect_end("a word, [, ( or the end")
    return pattern


def parse_test(text: str) -> Test:
    """What a pattern of exactly one word says of it: `[upos="NOUN"]`.

    Raises:
        PatternError: it does not parse, or is of more than one word.
    """
    match parse_pattern(text):
        case tree.Word(test=test):
            return test
        case _:
            raise pattern_error(text, 0, 'one word, as in [upos="NOUN"]')


def pattern_error(text: str, position: int, expected: str) -> PatternError:
    """The error that shows a place of a pattern.

    Args:
        text: the pattern.
        position: the place in it, in characters from 0.
        expected: what should be there.
    """
    rest = text[position:].split(maxsplit=1)
    found = f"before {rest[0][:20]}" if rest else "at its end"
    shown = re.sub(r"\s", " ", text)
    caret = " " * max(wcswidth(shown[:position]), 0) + "^"
    cause = f"pattern, character {position + 1} ({found}): expected {expected}"
    return PatternError(cause, f"  {shown}\n  {caret}")


class _Parser:
    """Reads a pattern from left to right; `_at` is the place reached."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def pattern(self) -> Pattern:
        options = [self._sequence()]
        while self._takes("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else tree.Choice(tuple(options))

    def expect_end(self, expected: str) -> None:
        self._skip_space()
        if self._at < len(self._text):
            self._fail(expected)

    def _sequence(self) -> Pattern:
        parts: list[Pattern] = []
        while (part := self._part()) is not None:
            parts.append(self._repeated(part))
        if not parts:
            self._fail("a word, [ or (")
        return parts[0] if len(parts) == 1 else tree.Sequence(tuple(parts))

    def _part(self) -> Pattern | None:
        self._skip_space()
        if self._takes("["):
            test = tree.All(()) if self._sees("]") else self._test()
            self._expect("]", "] or & or |")
            return tree.Word(test)
        if self._takes("("):
            self._go_deeper()
            inside = self.pattern()
            self._expect(")", ") or | or another word")
            self._depth -= 1
            return inside
        position = self._at
        value = self._string() if self._sees('"', "'") else self._matched(_BARE)
        if value is None:
            return None
        return tree.Word(Comparison(tree.WORD, "=", value, self._ignores_case(), position))

    def _repeated(self, part: Pattern) -> Pattern:
        """The part, with what says how often it comes."""
        for sign, least, most in (("?", 0, 1), ("*", 0, None), ("+", 1, None)):
            if self._takes(sign):
                return tree.Repetition(part, least, most)
        if not self._sees("{"):
            return part
        position = self._at
        found = _REPETITION.match(self._text, self._at)
        if found is None or not (found[1] or found[3]):
            self._fail("a number of times: {2}, {1,3}, {2,} or {,3}")
        self._at = found.end()
        lowest = int(found[1] or 0)
        highest = (int(found[3]) if found[3] else None) if found[2] else lowest
        if max(lowest, highest or 0) > _MOST_REPEATED or highest == 0:
            self._fail(f"1 to {_MOST_REPEATED} times", position)
        if highest is not None and highest < lowest:
            self._fail("the smaller number first", position)
        return tree.Repetition(part, lowest, highest)

    def _test(self) -> Test:
        operands = [self._conjunct()]
        while self._takes("|"):
            operands.append(self._conjunct())
        return operands[0] if len(operands) == 1 else tree.Any(tuple(operands))

    def _conjunct(self) -> Test:
        operands = [self._negation()]
        while self._takes("&"):
            operands.append(self._negation())
        return operands[0] if len(operands) == 1 else tree.All(tuple(operands))

    def _negation(self) -> Test:
        self._go_deeper()
        negated = self._takes("!")
        if negated:
            test: Test = tree.Not(self._negation())
        elif self._takes("("):
            test = self._test()
            self._expect(")", ") or & or |")
        else:
            test = self._comparison()
        self._depth -= 1
        return test

    def _comparison(self) -> Comparison:
        self._skip_space()
        start = self._at
        attribute = self._matched(_NAME)
        if attribute is None:
            self._fail('an attribute, as in [lemma="قال"]')
        if attribute not in ATTRIBUTES:
            hint = similar(attribute, ATTRIBUTES) or ", ".join(ATTRIBUTES)
            self._fail(f"an attribute: {hint}", start)
        self._skip_space()
        place = self._at
        found = self._matched(_OPERATOR)
        if found is None or (found == "contains" and attribute != FEATURES):
            more = " or contains" if attribute == FEATURES else ""
            self._fail(f"= or != or == or !=={more}", place)
        self._skip_space()
        position = self._at
        value = self._string()
        if value is None:
            self._fail('a value in quotation marks, as in [lemma="قال"]')
        operator = cast(Operator, found)
        return Comparison(attribute, operator, value, self._ignores_case(), position)

    def _string(self) -> str | None:
        found = _STRING.match(self._text, self._at)
        if found is None:
            if self._sees('"', "'"):
                self._fail(f"another {self._text[self._at]} that ends the value", len(self._text))
            return None
        self._at = found.end()
        value = found[1] if found[1] is not None else found[2]
        return re.sub(r"\\([\"'])", r"\1", value)

    def _ignores_case(self) -> bool:
        if not self._text.startswith("%", self._at):
            return False
        if not self._text.startswith("%c", self._at):
            self._fail("%c (upper and lower case alike)")
        self._at += 2
        return True

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > _MOST_NESTED:
            self._fail(f"at most {_MOST_NESTED} brackets within each other")

    def _skip_space(self) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at

    def _sees(self, *signs: str) -> bool:
        self._skip_space()
        return self._text.startswith(signs, self._at)

    def _takes(self, sign: str) -> bool:
        found = self._sees(sign)
        self._at += len(sign) if found else 0
        return found

    def _expect(self, sign: str, expected: str) -> None:
        if not self._takes(sign):
            self._fail(expected)

    def _matched(self, expression: re.Pattern[str]) -> str | None:
        found = expression.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found.group()

    def _fail(self, expected: str, position: int | None = None) -> NoReturn:
        raise pattern_error(self._text, self._at if position is None else position, expected)
