import pytest

from rallybook.coding import tagger as module
from rallybook.coding.tagger import Tagger
from rallybook.coding.windows import READINGS, windows
from rallybook.errors import RallybookError
from rallybook.grounding.sentences import sentences

TEXT = "About 300 nurses marched through Leeds on Sunday. The weather was fine."


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


def test_an_act_is_told_from_what_is_none(tagger):
    tagged = tagger.read(TEXT, "", sentences(TEXT))
    marched, weather = TEXT.index("marched"), TEXT.index("weather")
    assert tagged.act(marched, marched + 7) > 0 > tagged.act(weather, weather + 7)


def test_a_text_is_read_the_same_alone_and_beside_others(tagger):
    # 8-bit sums differ a little with what stands in the batch
    alone = tagger.read(TEXT, "", sentences(TEXT))
    text = TEXT + " " + "Nothing else happened in the town that day, nor on the next one. " * 30
    beside = tagger.read(text, "", sentences(text))
    assert alone.starts == beside.starts[: len(alone.starts)]


def test_what_is_said_of_a_piece_is_the_mean_of_windows_of_several_lengths(tagger):
    text = (TEXT + " ") * 30
    told = tagger.read(text, "", sentences(text)).scores
    each = [tagger.scored(windows(text, "", sentences(text), longest)).scores for longest in READINGS]
    assert told == pytest.approx(sum(each) / len(each), abs=1e-5)
    assert abs(each[0] - each[-1]).max() > 0.1


@pytest.mark.parametrize(
    ("text", "times"), [(TEXT, 1), ((TEXT + " ") * 30, 2), ("The weather was fine in the hills. " * 60, 1)]
)
def test_a_text_of_several_windows_that_tells_an_act_is_read_twice(tagger, monkeypatch, text, times):
    read = []
    scored = Tagger.scored
    monkeypatch.setattr(Tagger, "scored", lambda self, cut: read.append(cut) or scored(self, cut))
    tagger.read(text, "", sentences(text))
    assert len(read) == times


def test_no_text_gives_no_scores(tagger):
    assert tagger.read("", "", ()).starts == ()


def test_a_model_that_was_changed_is_refused(monkeypatch):
    class Changed:
        def sha256(self, _):
            return self

        def hexdigest(self):
            return "0" * 64

    monkeypatch.setattr(module, "hashlib", Changed())
    with pytest.raises(RallybookError, match="SHA-256 0000"):
        Tagger()


class _Session:
    """Stands for a network that runs where it can: here the GPU is not there, whatever was asked for."""

    def __init__(self, model, options, providers, disabled_optimizers):
        self.asked = providers
        self.apart = disabled_optimizers

    def get_providers(self):
        return ["CPUExecutionProvider"]


@pytest.mark.parametrize(
    "built_for", [["CPUExecutionProvider"], ["CUDAExecutionProvider", "CPUExecutionProvider"]]
)
def test_a_gpu_is_asked_for_where_there_may_be_one_and_done_without(monkeypatch, built_for):
    monkeypatch.setattr(module.onnxruntime, "get_available_providers", lambda: ["Other", *built_for])
    monkeypatch.setattr(module.onnxruntime, "InferenceSession", _Session)
    said = []
    monkeypatch.setattr(module, "say", lambda words, level: said.append(words))
    module._say.cache_clear()
    assert [module._session(b"", None).asked for _ in range(2)] == [built_for] * 2
    # on a GPU a norm and the sum before it are faster together
    assert bool(module._session(b"", None).apart) == (len(built_for) == 1)
    gone = "onnxruntime finds no GPU that it can use; the networks run on the CPU"
    assert said == ([gone] if len(built_for) > 1 else [])
