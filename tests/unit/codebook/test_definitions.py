from importlib.resources import files

import pytest

from rallybook.codebook.definitions import build, definitions
from rallybook.errors import CodebookError
from rallybook.model.record import FORMS, STATUSES

TEXT = (files("rallybook.codebook") / "data" / "definitions.yaml").read_text("utf-8")


def test_every_form_and_status_is_defined():
    assert set(definitions().forms) == set(FORMS)
    assert set(definitions().statuses) == set(STATUSES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  march: people", "  parade: people", "Invalid enum value 'parade'"),
        (
            "  vigil: people keep watch or mourn in public, with candles or in silence\n",
            "",
            "forms lack vigil",
        ),
        ("  planned: it is", "  # planned: it is", "statuses lack planned"),
        ("version: 1", "version: 2", "version 2"),
        ("\nevent: >-", "\nact: >-", "unknown field `act`|missing required field `event`"),
    ],
)
def test_a_sheet_that_breaks_its_rules_is_refused(old, new, said):
    assert old in TEXT
    with pytest.raises(CodebookError, match=said):
        build(TEXT.replace(old, new))
