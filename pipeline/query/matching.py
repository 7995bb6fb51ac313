"""Where in a sentence the words are that a pattern asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.query import pattern as tree
from pipeline.query.pattern import Pattern, Test

# Whether a test is true of the word at a place.
Judge = Callable[[Test, int], bool]


@dataclass(slots=True)
class _State:
    """A state of the automaton: `test` leads to `then`; without one, `others` cost no word."""

    test: Test | None = None
    then: int = -1
    others: list[int] = field(default_factory=list)


class Matcher:
    """Finds the hits of a pattern in sentences, in time linear in their length by its size."""

    def __init__(self, pattern: Pattern) -> None:
        self._states: list[_State] = []
        self._start = self._new()
        self._end = self._add(pattern, self._start)
        self._reached = [self._closure(number) for number in range(len(self._states))]

    def hits(self, length: int, judge: Judge) -> list[tuple[int, int]]:
        """Half-open stretches of words: leftmost, as long as can be, none within another.

        Args:
            length: how many words the sentence has.
            judge: says whether a test is true of one of them.
        """
        found: list[tuple[int, int]] = []
        at = 0
        while at < length:
            end = self._longest(at, length, judge)
            if end is not None:
                found.append((at, end))
            at = at + 1 if end is None else end
        return found

    def _longest(self, first: int, length: int, judge: Judge) -> int | None:
        """Where the longest hit that starts at `first` ends; none is empty."""
        active: Sequence[int] = self._reached[self._start]
        best = None
        for at in range(first, length):
            following: dict[int, None] = {}
            for number in active:
                state = self._states[number]
                if state.test is not None and judge(state.test, at):
                    following.update(dict.fromkeys(self._reached[state.then]))
            if not following:
                break
            if self._end in following:
                best = at + 1
            active = list(following)
        return best

    def _add(self, pattern: Pattern, start: int) -> int:
        """Add the states of a pattern after `start`; the one that it ends in."""
        match pattern:
            case tree.Word(test=test):
                end = self._new()
                between = self._new()
                self._states[start].others.append(between)
                self._states[between].test, self._states[between].then = test, end
                return end
            case tree.Sequence(parts=parts):
                for part in parts:
                    start = self._add(part, start)
                return start
            case tree.Choice(parts=parts):
                ends = [self._add(part, self._after(start)) for part in parts]
                return self._joined(ends)
            case tree.Repetition():
                return self._add_repetition(pattern, start)

    def _add_repetition(self, pattern: tree.Repetition, start: int) -> int:
        for _ in range(pattern.least):
            start = self._add(pattern.part, start)
        if pattern.most is None:
            loop = self._after(start)
            end = self._add(pattern.part, loop)
            self._states[end].others.append(loop)
            return self._joined([loop, end])
        ends = [start]
        for _ in range(pattern.most - pattern.least):
            ends.append(self._add(pattern.part, ends[-1]))
        return self._joined(ends)

    def _new(self) -> int:
        self._states.append(_State())
        return len(self._states) - 1

    def _after(self, start: int) -> int:
        number = self._new()
        self._states[start].others.append(number)
        return number

    def _joined(self, ends: Sequence[int]) -> int:
        number = self._new()
        for end in ends:
            self._states[end].others.append(number)
        return number

    def _closure(self, number: int) -> tuple[int, ...]:
        """The states that are reached from one without a word, with it."""
        found, waiting = {number: None}, [number]
        while waiting:
            for other in self._states[waiting.pop()].others:
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return tuple(found)
