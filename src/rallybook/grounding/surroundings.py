"""Surroundings: a name that may be a place's, and what the words around it say."""

from __future__ import annotations

import re

import msgspec

from rallybook.grounding.datelines import ends_dateline, is_headed
from rallybook.grounding.people import People, Person
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.tokens import Tokens, Word, shouts
from rallybook.model.values import Place

_AGE = re.compile(r",\s\d{1,2}\s?,")
_MOST_INITIALS = 5
# halls and parks do bear the names of large cities ("Boston Park Plaza" stands in Boston)
_LARGE = 500_000
# what follows the name of a place and an 's, capitalised and in two words, is a spot there
_OWNED = re.compile(r"\b[A-ZÀ-ÞŁŚŞİ][\w-]{2,30}['’]s\s\Z")
_OWNER_REACH = 40
# what stands before a dateline on its line is shorter
_LONGEST_MARGIN = 300
_EARLY = 40
# two capitals with such a word between are one name in Portuguese, Spanish, French and Italian
_BETWEEN = "(?:do|da|dos|das|del|du|des|dello|della|degli)"
_GOES_ON = re.compile(rf"\s{_BETWEEN}\s[A-ZÀ-Þ]")
_BEGUN = re.compile(rf"\b[A-ZÀ-Þ][\w’'-]+\s{_BETWEEN}\s\Z")
_LONGEST_HEAD = 40


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A name that may be a place's: its words `first:last` of the tokens, its candidates and its surroundings.

    `veto` tells why it is no place (person, organisation, demonym, metonym, money); `wanted` the feature that the
    words around ask for; `placed`: after a preposition of place; `inside`: beside another capitalised word;
    `common`: an English word as well; `speaks`: before a verb of saying; `anchored`: surely a place;
    `definite`: after "the"; `houses`: before what lies in a town ("the Mayagüez campus"); `lowered`: written without a
    capital in a text that has them.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    places: tuple[Place, ...]
    veto: str = ""
    wanted: str = ""
    placed: bool = False
    inside: bool = False
    common: bool = False
    speaks: bool = False
    anchored: bool = False
    definite: bool = False
    houses: bool = False
    lowered: bool = False


class Surroundings:
    """What the words of one text say about the names in it."""

    def __init__(self, tokens: Tokens, people: People) -> None:
        self._tokens = tokens
        self._people = people
        self._rules = place_rules()

    def judged(self, found: Named) -> Named:
        """Give the name with all that the words around it say."""
        text, rules = self._tokens.text, self._rules
        before, after = self._tokens.before(found.first), self._tokens.after(found.last)
        single = found.last == found.first + 1
        speaks = bool(after and after.text in rules.saying) or _AGE.match(text, found.end) is not None
        anchored = self._is_dateline(found)
        houses = after is not None and after.text in rules.town_sites
        return msgspec.structs.replace(
            found,
            veto=found.veto or ("" if anchored else self._veto(found, after)),
            wanted=self._wanted(found, before, after),
            placed=before is not None and before.text.lower() in rules.prepositions,
            inside=not anchored and self._inside(found, before, after),
            common=single and found.text.lower() in rules.common_words and not shouts(found.text),
            speaks=speaks,
            anchored=anchored,
            definite=before is not None and before.text.lower() == "the" and not houses,
            houses=houses,
        )

    def _is_dateline(self, found: Named) -> bool:
        if is_headed(self._tokens.text, found.start, found.end):
            return True
        opens = self._opens_line(found) and (self._tokens.flat or shouts(found.text) or found.start < _EARLY)
        return opens and ends_dateline(self._tokens.text, found.end)

    def _opens_line(self, found: Named) -> bool:
        start = max(0, found.start - _LONGEST_MARGIN)
        return not self._tokens.text[start : found.start].rpartition("\n")[2].strip(' *"“')

    def _inside(self, found: Named, before: Word | None, after: Word | None) -> bool:
        if self._tokens.flat or found.veto:
            return False
        if after and after.capital and after.text not in self._rules.never:
            return not self._rules.town_owns.match(self._tokens.text, found.end)
        return (
            bool(before and before.capital and not before.opens and before.text not in self._rules.never)
            and self._tokens.text[found.start - 1] == " "
        )

    def _veto(self, found: Named, after: Word | None) -> str:
        rules, words = self._rules, self._tokens.words
        if self._is_street(found, after):
            return "" if found.places[0].feature == "LMK" else "street"
        if (
            after
            and after.start == found.end + 1
            and (
                self._is_building(found, after)
                or self._is_owned(found, after)
                or self._is_saint(found, after)
            )
        ):
            return "spot"
        if self._is_part(found):
            return "spot"
        if after and after.text.lower() in rules.money_words:
            return "money"
        if self._initials(found, after):
            return "initials"
        if found.text in rules.metonyms and not self._after_on(found):
            return "metonym"
        person = self._people.at(found.first)
        if person is not None and found.last - 1 <= person.last and self._is_person(found, person):
            return "person"
        if after and after.text in rules.organisation_words and after.start == found.end + 1:
            return "organisation"
        if found.first > 1 and words[found.first - 1].text == "of":
            head = words[found.first - 2]
            between = self._tokens.text[head.end : found.start] if found.start - head.end < 5 else ""
            if head.text in rules.organisation_of and between == " of ":
                return "organisation"
        return ""

    def _is_street(self, found: Named, after: Word | None) -> bool:
        """Tell whether a name is that of a street, which is in any town ("Marx Avenue", "Calle Sucre")."""
        before = self._tokens.before(found.first)
        if before and self._is_one(before, self._rules.street_words_before) and before.end + 1 == found.start:
            return True
        return bool(after and self._is_one(after, self._rules.street_words) and not _is_country(found))

    def _is_one(self, word: Word, words: frozenset[str]) -> bool:
        """Tell whether a word is one of some that have a capital, if the text has any."""
        return (word.text.capitalize() if self._tokens.flat else word.text) in words

    def _is_part(self, found: Named) -> bool:
        """Tell whether a name is part of a longer one that no gazetteer holds ("Porta do Sol")."""
        start = max(0, found.start - _LONGEST_HEAD)
        text = self._tokens.text
        return bool(_GOES_ON.match(text, found.end) or _BEGUN.search(text, start, found.start))

    def _is_saint(self, found: Named, after: Word) -> bool:
        """Tell whether a name is a saint's, after whom a church is called."""
        return (
            found.text.split()[0].rstrip(".") in self._rules.saints and after.text in self._rules.saints_own
        )

    def _is_building(self, found: Named, after: Word) -> bool:
        """Tell whether a name is that of a building or a park ("Johnson Hall"), and of no large city."""
        if after.text not in self._rules.building_words or found.places[0].precision not in (
            "city",
            "region",
        ):
            return False
        largest = max(
            (place.population for place in found.places if place.precision == "city"), default=_LARGE
        )
        return largest < _LARGE and not self._rules.town_owns.match(self._tokens.text, found.end)

    def _is_owned(self, found: Named, after: Word) -> bool:
        """Tell whether a name is part of that of a spot whose owner is told ("London's Waterloo Station")."""
        if (
            found.places[0].precision != "city"
            or not after.capital
            or after.text in self._rules.building_words
        ):
            return False
        start = max(0, found.start - _OWNER_REACH)
        return _OWNED.search(self._tokens.text, start, found.start) is not None

    def _initials(self, found: Named, after: Word | None) -> bool:
        """Tell whether a word is a body's or a firm's initials: in capitals among words that are not."""
        name = found.text.replace(".", "")
        if (
            self._tokens.flat
            or found.last > found.first + 1
            or len(name) > _MOST_INITIALS
            or not name.isupper()
        ):
            return False
        if name in self._rules.initials or found.text in self._rules.after_comma or found.text.endswith("."):
            return False
        # a landmark's initials ("UCLA") are in our own table
        if self._opens_line(found) or found.places[0].feature == "LMK":
            return False
        before = self._tokens.words[found.first - 1] if found.first else None
        beside = any(word and len(word.text) > 1 and word.text.isupper() for word in (before, after))
        return not beside and not ends_dateline(self._tokens.text, found.end)

    def _after_on(self, found: Named) -> bool:
        # "near Wall Street", "outside the White House" are spots
        before = self._tokens.words[max(0, found.first - 2) : found.first]
        return any(word.text.lower() in self._rules.prepositions for word in before)

    def _is_person(self, found: Named, person: Person) -> bool:
        if found.first == person.first and found.last > found.first + 1 and found.last - 1 == person.last:
            # "Prince George" is a city
            return False
        if found.first > person.first and not (person.titled and person.last > found.last - 1):
            # "President Barack Obama of Kenya" ends before "of"; the surname stands last
            return not (person.titled and _is_country(found))
        if found.first > person.first or found.text in self._rules.place_given_names:
            return not _is_country(found) or found.first == person.first
        return not _is_country(found) and found.places[0].population < 1_000_000

    def _wanted(self, found: Named, before: Word | None, after: Word | None) -> str:
        if after and (feature := self._rules.region_words.get(after.text.lower())):
            return feature
        if before is None:
            return ""
        head = before.text.lower()
        if head == "of" and found.first > 1:
            head = self._tokens.words[found.first - 2].text.lower()
            if feature := self._rules.region_words_before.get(head):
                return feature
        return "PPL" if head in self._rules.city_words else ""


def _is_country(found: Named) -> bool:
    return found.places[0].precision == "country"
