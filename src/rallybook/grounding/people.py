"""People: which words of a text are a person's name, so that they are no place's."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from rallybook.grounding.gazetteer import fold
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.tokens import Tokens, Word

# "Martin Luther King Jr" is as long as a name gets after its first word
_MOST_MORE = 3


class Person(msgspec.Struct, frozen=True):
    """The tokens of a person's name, from the title or given name to the surname."""

    first: int
    last: int
    titled: bool


@lru_cache(maxsize=2)
def people_of(text: str) -> tuple[Tokens, People]:
    """Give the words of a text and the people among them; names in the gazetteer and others both ask for them."""
    tokens = Tokens(text)
    return tokens, People(tokens)


class People:
    """The people of one text by the index of each of their tokens."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._rules = place_rules()
        self._by_token: dict[int, Person] = {}
        if not tokens.flat:
            self._find()

    def at(self, index: int) -> Person | None:
        """Give the person whose name this token belongs to."""
        return self._by_token.get(index)

    def surnames(self) -> frozenset[str]:
        """Give the folded last words of all names of people."""
        words = self._tokens.words
        return frozenset(fold(words[person.last].text) for person in self._by_token.values())

    def _find(self) -> None:
        words, rules, at = self._tokens.words, self._rules, 0
        while at < len(words):
            word, last, titled = words[at], at, words[at].text in rules.titles
            if word.capital and (titled or word.text in rules.given_names):
                while (
                    last + 1 < len(words)
                    and last - at < _MOST_MORE
                    and self._goes_on(words[last], words[last + 1])
                ):
                    last += 1
            if word.capital and not titled and self._doubtful_given(at):
                last = at + 1
            if last > at and words[last].text not in rules.organisation_words:
                self._by_token.update(dict.fromkeys(range(at, last + 1), Person(at, last, titled)))
            at = last + 1

    def _doubtful_given(self, at: int) -> bool:
        """Tell whether a place's name is a given name here: "Jordan Smith", but not "Jordan River"."""
        words = self._tokens.words
        if words[at].text not in self._rules.place_given_names or at + 1 >= len(words):
            return False
        return self._goes_on(words[at], words[at + 1]) and words[at + 1].text in self._rules.surnames

    def _goes_on(self, left: Word, right: Word) -> bool:
        gap = self._tokens.text[left.end : right.start]
        # initials and titles end in a dot: "Sen. John B. Smith"
        joined = gap == " " or (gap == ". " and len(left.text) <= 4)
        return joined and right.capital and not right.text.isupper() and right.text not in self._rules.never
