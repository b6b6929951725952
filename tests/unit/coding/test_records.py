import pytest

from rallybook.coding import records
from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("formed a human chain", "Another, smaller chain", 2),
        ("formed a human chain", "A chain", 1),
        ("clapped", "Another, smaller chain", 0),
    ],
)
def test_a_further_act_of_a_kind_that_a_word_tells_counts_from_the_low_bound(
    monkeypatch, first, second, kept
):
    between = (records.LIKELY_BY_RULES + records.LIKELY_UNNAMED_BY_RULES) / 2
    monkeypatch.setattr(records, "event_probability", lambda scene, odds: between)
    text = f"Women {first} in Lima on Sunday.\n\n{second} of nurses was formed in Cusco on Sunday."
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    assert len(records.likely(scene, acts_of(scene), None)) == kept
