import numpy as np

from rallybook.training.soup import gone_on, mean_of, with_sureness


def test_the_mean_of_weights_is_taken_name_by_name():
    one = {"up": np.array([1.0, 3.0]), "down": np.array([0.0])}
    other = {"up": np.array([3.0, 5.0]), "down": np.array([1.0])}
    found = mean_of([one, other])
    assert found["up"].tolist() == [2.0, 4.0]
    assert found["down"].tolist() == [0.5]


def test_a_state_counts_as_much_as_its_share():
    one, other = {"up": np.array([1.0, 3.0])}, {"up": np.array([5.0, 7.0])}
    assert mean_of([one, other], [0.25, 0.75])["up"].tolist() == [4.0, 6.0]


def test_sureness_is_of_what_is_said_and_not_of_what_is_read():
    state = {"heads.weight": np.array([2.0]), "heads.bias": np.array([-1.0]), "up": np.array([3.0])}
    found = with_sureness(state, 0.5)
    assert {name: value.tolist() for name, value in found.items()} == {
        "heads.weight": [1.0],
        "heads.bias": [-0.5],
        "up": [3.0],
    }


def test_what_is_kept_and_what_was_learned_make_a_whole():
    def state(value):
        return {"heads.weight": np.array([value]), "heads.bias": np.array([value]), "up": np.array([value])}

    found = gone_on(state(1.0), [state(2.0), state(4.0)], kept=0.5, sureness=0.5)
    assert {name: value.tolist() for name, value in found.items()} == {
        "heads.weight": [1.0],
        "heads.bias": [1.0],
        "up": [2.0],
    }
