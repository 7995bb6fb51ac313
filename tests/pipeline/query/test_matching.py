import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query.matching import Matcher
from pipeline.query.parser import parse_pattern


def hits(pattern, words):
    """The hits in words of one letter each, of which a test is true if its value is the letter."""

    def judge(test, at):
        return not hasattr(test, "value") or test.value == words[at]

    return Matcher(parse_pattern(pattern)).hits(len(words), judge)


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("a", "aba", [(0, 1), (2, 3)]),
        ("a b", "abab", [(0, 2), (2, 4)]),
        ("a+", "aabaaa", [(0, 2), (3, 6)]),
        ("a b? c", "acabc", [(0, 2), (2, 5)]),
        ("a []{0,2} c", "abbcabbbc", [(0, 4)]),
        ("a | b c", "abc", [(0, 1), (1, 3)]),
        ("(a b)+ c", "ababc", [(0, 5)]),
        ("a{2}", "aaaaa", [(0, 2), (2, 4)]),
        ("a*", "bab", [(1, 2)]),
        ("a?", "bb", []),
        ("(a*)*", "aab", [(0, 2)]),
        ("[]", "ab", [(0, 1), (1, 2)]),
        ("a", "", []),
    ],
)
def test_hits_are_leftmost_and_longest(pattern, words, found):
    assert hits(pattern, words) == found


@st.composite
def patterns(draw, depth=3):
    """A pattern, and the same as a regular expression over letters."""
    if depth == 0 or draw(st.booleans()):
        letter = draw(st.sampled_from("ab"))
        return letter, letter
    inner, expression = draw(patterns(depth=depth - 1))
    other, second = draw(patterns(depth=depth - 1))
    kind = draw(st.sampled_from(["sequence", "choice", "?", "+", "{1,2}"]))
    if kind == "sequence":
        return f"{inner} {other}", f"{expression}{second}"
    if kind == "choice":
        return f"({inner} | {other})", f"(?:{expression}|{second})"
    return f"({inner}){kind}", f"(?:{expression}){kind}"


@given(patterns(), st.text(alphabet="abc", max_size=8))
def test_hits_are_those_of_a_regular_expression(pattern, words):
    text, expression = pattern
    for start, end in hits(text, words):
        assert re.fullmatch(expression, words[start:end])
        longer = range(end + 1, len(words) + 1)
        assert not any(re.fullmatch(expression, words[start:stop]) for stop in longer)
    assert bool(hits(text, words)) == bool(
        any(
            re.fullmatch(expression, words[start:end])
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
        )
    )


def test_a_pattern_that_repeats_repetitions_takes_no_longer():
    assert hits("((a*)*)*" + " b", "a" * 300) == []
