"""The bundled reader of acts: which words play a role in one act, read again for each with its name marked."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from rallybook.coding.act_windows import act_window
from rallybook.coding.columns import Columns
from rallybook.coding.tagged import ROLES, Tagged
from rallybook.coding.tagger import Network
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import COUNTED_ACTIONS
from rallybook.model.record import FORMS, RESPONSE_ACTIONS, STATUSES

NETWORK = "act_reader.onnx"
# told of the words that name the act alone: what the authorities did at it
MET = tuple(f"met: {action}" for action in RESPONSE_ACTIONS)
# a counted action is told by the number of people that it befell, or by words for one ("a man was killed")
READER = Columns(FORMS, STATUSES, (*ROLES, "response", *COUNTED_ACTIONS, *MET))


class ActReader(Network):
    """Reads acts."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Load the reader that rallybook ships, or that of another folder."""
        super().__init__(folder or files("rallybook.models"), NETWORK, READER)

    def read(self, text: str, title: str, sentences: Sequence[Sentence], act: tuple[int, int]) -> Tagged:
        """Give what is said of the words around the act that the words `act` name."""
        return self.scored([act_window(text, title, sentences, act)])
