"""The notation of the lexicon's patterns, and what they stand for.

A pattern is a row of tokens with spaces between them; each token is one or more alternatives with `|`.

    march~          the verb with all its inflections: march, marches, marched, marching (drop, dropped)
    rally#          the noun, singular and plural
    sit_in          joined by a hyphen, by space, or by nothing: sit-in, sit in, sitin
    all-night       a hyphen, with or without space around it
    take~+part      two words in one alternative
    <road>          any entry of the word list `road`; <road_number> ("A12"), <number> ("1,200")
                    and <people> ("welders") are built in
    [the|a]         optional
    ..3             up to three words of any kind
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from rallybook.codebook.matching import Contexts, Row, Step, Token
from rallybook.errors import CodebookError

_VOWELS = "aeiou"
# what goes on a token that is one word: nothing, and that word is the whole
_ALONE: tuple[frozenset[str], bool] = (frozenset(), True)
_GAP_TOKEN = re.compile(r"\.\.(\d)")
_LIST_TOKEN = re.compile(r"<([a-z_]+)>")
_WORDS = re.compile(r"[^\W_]+")
# parts that a word between blanks may be made of: "twenty-one-year-old", "U.S.-led", "1,200,000"
_LONGEST_WORD = 4
_WRITTEN = re.compile(r"[^\W_][\w'’.+_-]*[~#]?|[#~]")

# one syllable with one vowel and one consonant after it: the last letter is doubled ("skipped")
_DOUBLED = re.compile(r"(?:[^aeiou]|(?<=q)u)*[aeiou][bdfgklmnprtvz]")

# words that end as those for people do and mean things
_THINGS = (
    "papers newspapers numbers others letters orders matters computers waters quarters headquarters centers powers "
    "tigers rangers towers offers layers chapters winters summers dollars investors doors floors errors factors "
    "sectors colors indoors outdoors motors tractors mirrors lists caravans orleans specimen acumen regimen "
    "showers rivers flowers fingers shoulders corners borders answers prayers trailers containers fees trees "
    "knees degrees committees guarantees employers"
).split()

# what stands for itself: the number of a road ("A12", "MS-156"); a number that is no year ("40", "1,200");
# a word that by its ending names people ("riders", "welders", "unionists", "Georgians")
_BUILT_IN = {
    "road_number": r"[a-z]{1,3}-?\d{1,4}",
    "people": rf"(?!(?:{'|'.join(_THINGS)})(?!\w))[a-z]{{2,20}}(?:ers|ors|ists|ians|[a-z]{{3}}ans|men|ees)",
    "number": r"(?!(?:1[89]|20)\d\d(?!\d))\d{1,7}(?:[,.]\d{3}){0,3}",
}

Lists = Mapping[str, tuple[str, ...]]
Irregular = Mapping[str, tuple[str, ...]]


def verb_forms(verb: str, irregular: Irregular) -> tuple[str, ...]:
    """Give the base, third person, past and -ing form of a verb (participles where they differ).

    >>> verb_forms("rally", {})
    ('rally', 'rallies', 'rallied', 'rallying')
    """
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    if _DOUBLED.fullmatch(verb):
        return (verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return (verb, third, verb + "ed", verb + "ing")


def noun_forms(noun: str, irregular: Irregular) -> tuple[str, ...]:
    """Give the singular and the plural of a noun; the possessive ending is left to the caller.

    >>> noun_forms("march", {})
    ('march', 'marches')
    """
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return (noun, noun[:-1] + "ies")
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return (noun, noun + "es")
    return (noun, noun + "s")


class Notation:
    """Compiles patterns with one set of word lists and irregular forms."""

    def __init__(self, lists: Lists, verbs: Irregular, nouns: Irregular) -> None:
        self._lists = lists
        self._verbs = verbs
        self._nouns = nouns
        self._anchors: dict[str, frozenset[str]] = {}
        self._spelled: dict[str, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        self._follows: dict[str, dict[str, tuple[frozenset[str], bool]]] = {}
        self._tokens: dict[str, Token] = {}
        self._contexts: dict[tuple[str, ...], Contexts] = {}

    def check(self, pattern: str) -> None:
        """Raise CodebookError where a pattern cannot be read, or starts with a gap or an optional token."""
        _first(pattern)
        for token in pattern.split():
            if not _GAP_TOKEN.fullmatch(token) and _built_in(_bare(token)) is None:
                self._spellings(_bare(token), pattern)

    def row(self, pattern: str) -> Row:
        """Give a pattern ready to be matched."""
        return Row([self._step(token) for token in pattern.split()])

    def contexts(self, patterns: tuple[str, ...]) -> Contexts:
        """Give patterns of which one may stand beside a match, ready to be looked for."""
        found = self._contexts.get(patterns)
        if found is None:
            found = self._contexts[patterns] = self._sorted(patterns)
        return found

    def _sorted(self, patterns: tuple[str, ...]) -> Contexts:
        by_word: dict[str, list[Row]] = defaultdict(list)
        always: list[Row] = []
        for pattern in patterns:
            first, row = _first(pattern), self.row(pattern)
            if _built_in(first) is not None:
                always.append(row)
                continue
            for word in self._following(first):
                by_word[word].append(row)
        return Contexts(by_word, always)

    def _step(self, token: str) -> Step:
        gap = _GAP_TOKEN.fullmatch(token)
        if gap:
            return Step(None, gap=int(gap[1]))
        bare = _bare(token)
        if bare not in self._tokens:
            expression = _built_in(bare)
            self._tokens[bare] = Token((), expression) if expression else Token(self._spellings(bare, token))
        return Step(self._tokens[bare], optional=bare != token)

    def anchors(self, pattern: str) -> frozenset[str]:
        """Give the words that a match of the pattern can start with.

        Raises CodebookError where the pattern starts with a gap or an optional token.
        """
        first = _first(pattern)
        found = self._anchors.get(first)
        if found is None:
            found = self._anchors[first] = self._leads(first, pattern)
        return found

    def _leads(self, token: str, pattern: str) -> frozenset[str]:
        words: set[str] = set()
        for spelling in self._spellings(token, pattern):
            if spelling.isalnum():
                words.add(spelling)
                continue
            lead = re.match(r"\w+", re.split(r"[-+_]", spelling)[0])
            if lead is None:
                raise CodebookError(f"pattern {pattern!r}: {spelling!r} does not start with a word")
            words.add(lead[0])
            if "_" in spelling:
                words.add(re.split(r"[-+]", spelling)[0].replace("_", ""))
        return frozenset(words)

    def longest(self, token: str) -> int:
        """Give how many words a token, a gap or an optional token holds at most."""
        gap = _GAP_TOKEN.fullmatch(token)
        if gap:
            return int(gap[1]) * _LONGEST_WORD
        bare = _bare(token)
        if _built_in(bare) is not None:
            return _LONGEST_WORD
        if bare not in self._longest:
            self._longest[bare] = max(len(_WORDS.findall(one)) for one in self._spellings(bare, token))
        return self._longest[bare]

    def goes_on(self, token: str, word: str) -> tuple[frozenset[str], bool]:
        """Give the words that go on a token after its first word, and whether that word may be the whole token.

        >>> words, whole = Notation({}, {}, {}).goes_on("sit_in|sit-down", "sit")
        >>> sorted(words), whole
        (['down', 'in'], False)
        """
        return self._following(token).get(word, (frozenset(), False))

    def _following(self, token: str) -> dict[str, tuple[frozenset[str], bool]]:
        """Give for each word that may start a token what `goes_on` says of it."""
        found = self._follows.get(token)
        if found is None:
            found = self._follows[token] = self._followed(token)
        return found

    def _followed(self, token: str) -> dict[str, tuple[frozenset[str], bool]]:
        after: dict[str, set[str]] = defaultdict(set)
        whole: set[str] = set()
        for spelling in self._spellings(token, token):
            parts = [spelling] if spelling.isalnum() else _WORDS.findall(spelling)
            # a text may join words that the spelling parts
            joined = list(accumulate(parts))
            whole.add(joined[-1])
            for count, word in enumerate(joined, 1):
                after[word].update(accumulate(parts[count:]))
        return {word: (frozenset(words), word in whole) if words else _ALONE for word, words in after.items()}

    def _spellings(self, token: str, pattern: str) -> tuple[str, ...]:
        """Give all spellings of a token; one stands in many patterns and is filed under many words."""
        found = self._spelled.get(token)
        if found is None:
            found = self._spelled[token] = tuple(self._spell(token, pattern))
        return found

    def _spell(self, token: str, pattern: str) -> Iterator[str]:
        for choice in token.split("|"):
            named = _LIST_TOKEN.fullmatch(choice)
            if named:
                if named[1] not in self._lists:
                    raise CodebookError(f"pattern {pattern!r}: no word list {named[1]!r}")
                for item in self._lists[named[1]]:
                    yield from self._inflected(item, pattern)
            else:
                yield from self._inflected(choice, pattern)

    def _inflected(self, choice: str, pattern: str) -> Iterable[str]:
        """Give all spellings of one alternative, whose words may each carry `~` or `#`."""
        spelled = [""]
        for word in choice.split("+"):
            if not _WRITTEN.fullmatch(word):
                raise CodebookError(f"pattern {pattern!r}: cannot read {choice!r}")
            forms = self._forms(word)
            spelled = [f"{before}+{form}" if before else form for before in spelled for form in forms]
        return spelled

    def _forms(self, word: str) -> tuple[str, ...]:
        if word.endswith("~"):
            # "walk~_out" carries its mark inside; a mark at the end inflects the whole
            return verb_forms(word[:-1], self._verbs)
        if word.endswith("#"):
            return noun_forms(word[:-1], self._nouns)
        return (word,)


def _first(pattern: str) -> str:
    first = next(iter(pattern.split()), "")
    if not first or first.startswith(("[", "..")):
        raise CodebookError(f"pattern {pattern!r}: the first token must be a word")
    return first


def _bare(token: str) -> str:
    """Give a token without the brackets that make it optional."""
    return token[1:-1] if token.startswith("[") and token.endswith("]") else token


def _built_in(token: str) -> str | None:
    """Give the expression of a token that is built in."""
    named = _LIST_TOKEN.fullmatch(token)
    return _BUILT_IN.get(named[1]) if named else None
