import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rallybook.coding.columns import ACT, Columns  # noqa: E402
from rallybook.coding.windows import Window  # noqa: E402
from rallybook.training.course import Course, Stakes  # noqa: E402
from rallybook.training.encoder import Encoder  # noqa: E402
from rallybook.training.page import ACT_TAG, ROLE_TAG, UNTOLD, Page  # noqa: E402
from rallybook.training.soft_tags import softened, told_by  # noqa: E402
from rallybook.training.teaching import taught  # noqa: E402

COLUMNS = Columns(("march", "strike"), ("happened", "planned"), ("place",))
COURSE = Course(COLUMNS, 12, 1, Stakes(), 1e-2)
SIZES = {
    "hidden_size": 8,
    "vocab_size": 200,
    "max_position_embeddings": 32,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "num_hidden_layers": 1,
}


def tags(pieces, act=0):
    found = np.full((pieces, ROLE_TAG + 1), UNTOLD, np.int8)
    found[:, ACT_TAG] = act
    return found


def page(*pieces):
    size = len(pieces)
    window = Window(list(pieces), [1] * size, list(range(size)), list(range(1, size + 1)))
    return Page(window, tags(size))


def test_no_scores_cost_less_than_those_of_the_teacher():
    taught_by = torch.randn(5, COLUMNS.count) * 2
    taught_by[:, ACT] = 3.0
    wanted, weight = torch.from_numpy(tags(5, act=1)).long(), torch.ones(5)
    least = softened(taught_by, taught_by, wanted, weight, COURSE)
    for column in range(COLUMNS.count):
        other = taught_by.clone()
        other[:, column] += 1.0
        assert softened(other, taught_by, wanted, weight, COURSE) > least


def test_the_form_of_what_is_no_act_is_no_lesson():
    taught_by = torch.zeros(3, COLUMNS.count)
    taught_by[:, ACT] = -5.0
    wanted, weight = torch.from_numpy(tags(3)).long(), torch.ones(3)
    other = taught_by.clone()
    other[:, COLUMNS.form.start] += 4.0
    cost = [float(softened(scores, taught_by, wanted, weight, COURSE)) for scores in (taught_by, other)]
    assert cost[0] == pytest.approx(cost[1])


def test_pages_are_told_whole_and_a_pupil_comes_nearer_to_its_teacher():
    torch.manual_seed(0)
    teacher = Encoder(SIZES, COLUMNS.count, shapes=8, dropout=0.0).eval()
    pages = list(told_by(teacher, [page(5, 6, 7), page(8, 9)]))
    assert [len(one.taught) for one in sorted(pages, key=lambda one: len(one.tags))] == [2, 3]
    pupil = Encoder(SIZES, COLUMNS.count, shapes=8, dropout=0.0)
    losses = []
    taught(pupil, pages, COURSE, said=lambda epoch: losses.append(epoch.loss))
    assert losses[-1] < losses[0]
