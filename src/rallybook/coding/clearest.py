"""The mention that tells an act most clearly."""

from __future__ import annotations

from rallybook.coding.assemble import Act
from rallybook.coding.clues import Clue
from rallybook.coding.scene import Scene
from rallybook.model.mention import Trigger


def clearest(scene: Scene, act: Act) -> Clue:
    """Give the mention of an act that the tagger sees, or else the one whose words say it best."""
    return max(
        act.clues,
        key=lambda c: (
            is_seen(scene, c.trigger),
            c.trigger.strong,
            c.trigger.form == act.form,
            c.place.here,
            c.date.here,
        ),
    )


def is_seen(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the tagger, where there is one, sees an act in a mention rather than none."""
    odds = scene.act_odds(trigger)
    return odds is None or odds >= 0.0
