"""The notation of the lexicon's patterns, and how it becomes regular expressions.

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

from rallybook.errors import CodebookError

GAP = r"\s{1,3}"
# bounded, so that a line of 50 million letters costs no more than its length; "1,200" is one word
WORD = r"[\w$£€%'’.-]{1,30}(?:,\d{3}){0,3}"

_VOWELS = "aeiou"
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
        self._befores: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._afters: dict[tuple[str, ...], re.Pattern[str]] = {}

    def regex(self, pattern: str, *, grouped: bool = False) -> str:
        """Give the regular expression of a pattern, for lower-cased text and without outer boundaries.

        One that is `grouped` is slow to compile and quick to search with, should its word lists be long.
        """
        return _joined(self._parts(pattern, grouped=grouped))

    def before(self, contexts: tuple[str, ...]) -> re.Pattern[str]:
        """Give an expression to search in what stands before a match."""
        found = self._befores.get(contexts)
        if found is None:
            choices = "|".join(self.regex(context, grouped=True) for context in contexts)
            found = re.compile(rf"(?<!\w)(?:{choices})[\s\-“\"'‘]{{0,4}}\Z")
            self._befores[contexts] = found
        return found

    def after(self, contexts: tuple[str, ...]) -> re.Pattern[str]:
        """Give an expression to match against what follows a match."""
        found = self._afters.get(contexts)
        if found is None:
            choices = "|".join(self.regex(context) for context in contexts)
            found = re.compile(rf"[\s\-’'\"”]{{0,3}}(?:{choices})")
            self._afters[contexts] = found
        return found

    def anchors(self, pattern: str) -> frozenset[str]:
        """Give the words that a match of the pattern can start with.

        Raises CodebookError where the pattern starts with a gap or an optional token.
        """
        first = next(iter(pattern.split()), "")
        if not first or first.startswith(("[", "..")):
            raise CodebookError(f"pattern {pattern!r}: the first token must be a word")
        found = self._anchors.get(first)
        if found is None:
            found = self._anchors[first] = self._leads(first, pattern)
        return found

    def _leads(self, token: str, pattern: str) -> frozenset[str]:
        words: set[str] = set()
        for spelling in self._spellings(token, pattern):
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
        inner = token.strip("[]")
        named = _LIST_TOKEN.fullmatch(inner)
        if named and named[1] in _BUILT_IN:
            return _LONGEST_WORD
        return max(len(_WORDS.findall(spelling)) for spelling in self._spellings(inner, token))

    def goes_on(self, token: str, word: str) -> tuple[frozenset[str], bool]:
        """Give the words that go on a token after its first word, and whether that word may be the whole token.

        >>> words, whole = Notation({}, {}, {}).goes_on("sit_in|sit-down", "sit")
        >>> sorted(words), whole
        (['down', 'in'], False)
        """
        after: set[str] = set()
        whole = False
        for spelling in self._spellings(token, token):
            parts = _WORDS.findall(spelling)
            for count in range(1, len(parts) + 1):
                if "".join(parts[:count]) == word:
                    rest = parts[count:]
                    whole = whole or not rest
                    after.update("".join(rest[:more]) for more in range(1, len(rest) + 1))
        return frozenset(after), whole

    def _parts(self, pattern: str, *, grouped: bool) -> list[tuple[str, bool]]:
        """Give (expression, whether it brings its own separators) for each token."""
        parts: list[tuple[str, bool]] = []
        for token in pattern.split():
            gap = _GAP_TOKEN.fullmatch(token)
            if gap:
                parts.append((rf"(?:{GAP}{WORD}){{0,{gap[1]}}}?", True))
            elif token.startswith("[") and token.endswith("]"):
                parts.append((rf"(?:{GAP}{self._token(token[1:-1], pattern, grouped=grouped)})?", True))
            else:
                parts.append((self._token(token, pattern, grouped=grouped), False))
        return parts

    def _token(self, token: str, pattern: str, *, grouped: bool) -> str:
        named = _LIST_TOKEN.fullmatch(token)
        if named and named[1] in _BUILT_IN:
            return rf"(?:{_BUILT_IN[named[1]]})(?!\w)"
        spelled = sorted(set(self._spellings(token, pattern)), key=lambda word: (-len(word), word))
        choices = _by_first_letters(spelled) if grouped else map(_escaped, spelled)
        return "(?:" + "|".join(choices) + r")(?!\w)"

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


def _escaped(spelling: str) -> str:
    table = {"+": GAP, "_": r"[-‐‑–\s]{0,3}", "-": r"\s?[-‐‑–]\s?", "'": "['’]"}
    return "".join(table.get(sign) or re.escape(sign) for sign in spelling)


def _by_first_letters(spelled: Iterable[str], depth: int = 2) -> Iterator[str]:
    """Give the alternatives with those of one first letter in one group: a long list is then tried in few steps.

    Within a group the order stays, so that the longest spelling still comes first.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for spelling in spelled:
        groups[spelling[:1]].append(spelling[1:])
    for first, tails in groups.items():
        if len(tails) == 1:
            yield _escaped(first + tails[0])
        else:
            rest = _by_first_letters(tails, depth - 1) if depth else map(_escaped, tails)
            yield f"{_escaped(first)}(?:{'|'.join(rest)})"


def _joined(parts: list[tuple[str, bool]]) -> str:
    text = ""
    for expression, separated in parts:
        text += expression if separated or not text else GAP + expression
    return text
