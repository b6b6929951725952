import pytest

torch = pytest.importorskip("torch")

from rallybook.coding.act_columns import READER  # noqa: E402
from rallybook.coding.act_reader import NETWORK  # noqa: E402
from rallybook.coding.columns import Columns  # noqa: E402
from rallybook.training.warm import shipped  # noqa: E402


def test_columns_that_a_network_does_not_have_yet_say_no_and_leave_the_others_as_they_are():
    known = shipped(NETWORK, READER, marks=True)
    more = Columns(READER.forms, READER.statuses, READER.roles, READER.scales, (*READER.extents, "ever"))
    grown = shipped(NETWORK, more, marks=True)
    assert len(grown.heads.bias) == len(known.heads.bias) + 1
    assert torch.equal(grown.heads.weight[:-1], known.heads.weight)
    assert not grown.heads.weight[-1].any()
    assert grown.heads.bias[-1] < 0
