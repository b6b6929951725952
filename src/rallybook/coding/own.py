"""A model of one's own codebook: which acts it counts, what form each has by it, who plays its roles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import NamedTuple

import msgspec

from rallybook.codebook.own import OwnCodebook
from rallybook.coding.act_windows import act_window
from rallybook.coding.assemble import Act
from rallybook.coding.columns import Columns
from rallybook.coding.mentions_read import Reader
from rallybook.coding.read_roles import role_runs
from rallybook.coding.records import Proof, likely, named, read_alone, recorded
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagger import Network
from rallybook.errors import InputError
from rallybook.model.record import STATUSES, Own, Record

NETWORK, SHEET = "reader.onnx", "model.json"
# an act less probable than this by rallybook's own codebook is not asked about
ASKED = 0.1
Offsets = tuple[int, int]


class OwnModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a trained model says of itself: its codebook, and the log odds from which acts and words count."""

    codebook: OwnCodebook
    counts: float
    plays: dict[str, float]


class OwnTold(NamedTuple):
    """What a model says of an act: its form, and for each role the stretches of the text that play it."""

    form: str
    roles: dict[str, tuple[Offsets, ...]]


class OwnReader:
    """Reads acts by a codebook of one's own."""

    def __init__(self, folder: Traversable) -> None:
        """Load a model that `rallybook train` wrote; raises `InputError` for a folder that holds none."""
        try:
            self.model = msgspec.json.decode(folder.joinpath(SHEET).read_bytes(), type=OwnModel)
        except (OSError, msgspec.DecodeError) as error:
            allowed = f"a folder that rallybook train wrote ({error})"
            raise InputError("model", str(folder), allowed) from None
        self._network = Network(folder, NETWORK, columns_of(self.model.codebook))

    def read(self, scene: Scene, act: Offsets) -> OwnTold | None:
        """Give what the codebook says of the act that words name; None where it does not count it."""
        window = act_window(scene.text, scene.reading.article.title, scene.sentences, act)
        scored = self._network.scored([window])
        odds = scored.act(*act)
        if odds is None or odds < self.model.counts:
            return None
        return OwnTold(form_of(scored, act), role_runs(scene.text, scored, self.model.plays))


def own_records(
    scene: Scene, acts: Sequence[Act], own: OwnReader, *, at_least: float | None, reader: Reader | None
) -> tuple[Record, ...]:
    """Give the records of the acts that a codebook of one's own counts, each with what it says of the act.

    `at_least` and `reader` are those of `records`.
    """
    kept, said = [], []
    for act, sure in likely(scene, acts, ASKED if at_least is None else at_least):
        told = own.read(scene, named(scene, act))
        if told:
            kept.append((act, sure))
            said.append(told)
    if reader:
        read_alone(scene, [act for act, _ in kept], reader)
    name = own.model.codebook.name
    found = zip(recorded(scene, kept), said, strict=True)
    return tuple(_with_own(scene, record, told, name) for record, told in found)


def _with_own(scene: Scene, record: Record, own: OwnTold, codebook: str) -> Record:
    proof = Proof(scene.reading)
    roles = {role: proof.words(f"own.{role}", stretches) for role, stretches in own.roles.items()}
    return msgspec.structs.replace(
        record, own=Own(codebook, own.form, roles), spans=record.spans | proof.spans
    )


def columns_of(book: OwnCodebook) -> Columns:
    """Give the columns of a network that reads by a codebook."""
    return Columns(tuple(book.forms), STATUSES, tuple(book.roles))


def form_of(scored: Tagged, act: Offsets) -> str:
    """Give the likeliest form of the act that words name."""
    logs = scored.logs(scored.columns.form, *act)
    return scored.columns.forms[max(range(len(logs)), key=logs.__getitem__)]
