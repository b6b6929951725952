"""The bundled reader of acts: which words play a role in one act, read again for each with its name marked."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from rallybook.coding.act_columns import READER
from rallybook.coding.act_windows import act_window
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagger import Network
from rallybook.grounding.sentences import Sentence

NETWORK = "act_reader.onnx"


class ActReader(Network):
    """Reads acts."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Load the reader that rallybook ships, or that of another folder."""
        super().__init__(folder or files("rallybook.models"), NETWORK, READER)

    def read(self, text: str, title: str, sentences: Sequence[Sentence], act: tuple[int, int]) -> Tagged:
        """Give what is said of the words around the act that the words `act` name."""
        return self.scored([act_window(text, title, sentences, act)])
