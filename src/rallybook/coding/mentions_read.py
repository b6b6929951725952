"""What the reader of acts says of each mention of one, asked before its place and its day are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from rallybook.coding.scene import Scene
from rallybook.coding.tagged import Tagged
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Trigger
from rallybook.model.record import FORMS

# log odds of the tagger from which on a mention is read, 20 ms each: of the 823 mentions that tell an act of the
# held-out articles 11 have less, of 1,223 others 507
ASKED = -2.0
# the same where the word says protest by itself: the reader sees acts in such words that the tagger overlooks ("a human
# chain" at -3.4 and +4.5), and of 600 mentions that are read in the development sets 40 more are
ASKED_NAMED = -5.0
# log odds, of both networks together, by which another form must be likelier than that of the words: from 2 to 4 the
# forms of the held-out articles are right with .924 and .925 (the words alone .899, the networks alone .918)
_WORDED = 3.0
Offsets = tuple[int, int]


class Reader(Protocol):
    """Reads one act of a text, which some words name."""

    def read(self, text: str, title: str, sentences: Sequence[Sentence], act: Offsets) -> Tagged:
        """Give what is said of the words around it."""
        ...


def ask(scene: Scene, words: Offsets, reader: Reader) -> Tagged:
    """Give what the reader says of the act that some words of a scene name; it is asked where it was not before."""
    return scene.read.get(words) or reader.read(
        scene.text, scene.reading.article.title, scene.sentences, words
    )


def with_mentions_read(scene: Scene, reader: Reader) -> Scene:
    """Give a scene whose mentions of acts, as far as the tagger sees a chance for one, were read one by one.

    A mention that was read has the form that both networks are sure of, or else that of its words.
    """
    if scene.tagged is None:
        return scene
    likely = dict.fromkeys(
        (trigger.start, trigger.end)
        for trigger in scene.triggers
        if (odds := scene.act_odds(trigger)) is not None
        and odds >= (ASKED_NAMED if trigger.strong else ASKED)
    )
    read = {words: ask(scene, words, reader) for words in likely}
    triggers = tuple(_with_form(scene.tagged, read, trigger) for trigger in scene.triggers)
    return msgspec.structs.replace(scene, read=read, triggers=triggers)


def _with_form(tagged: Tagged, read: Mapping[Offsets, Tagged], trigger: Trigger) -> Trigger:
    words = trigger.start, trigger.end
    said = read[words].forms(*words) if words in read else {}
    if not said:
        return trigger
    told = tagged.forms(*words)
    form = max(FORMS, key=lambda form: told[form] + said[form] + _WORDED * (form == trigger.form))
    return msgspec.structs.replace(trigger, form=form)
