"""A page to learn from: a window with what is known of each of its pieces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rallybook.coding.windows import Window

UNTOLD = -1  # a piece about which the labels say nothing
Tags = NDArray[np.int8]
# the columns of the tags: an act or none, its form, its status, focal or background, its scale, its extent, then each
# role or none
ACT_TAG, FORM_TAG, STATUS_TAG, FOCUS_TAG, SCALE_TAG, EXTENT_TAG, ROLE_TAG = range(7)


class Page(NamedTuple):
    """A window with the tags of its pieces (pieces × tags), how much it counts, and what a larger encoder says of it.

    `taught` are scores (pieces × columns); None where no larger encoder was asked.
    """

    window: Window
    tags: Tags
    weight: float = 1.0
    taught: NDArray[np.float16] | None = None

    @property
    def is_none(self) -> bool:
        """Tell whether the page is known to hold no act."""
        acts = self.tags[:, ACT_TAG]
        return bool((acts == 0).any() and not (acts == 1).any())
