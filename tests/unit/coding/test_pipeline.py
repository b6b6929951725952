from rallybook.coding import pipeline
from rallybook.coding.pipeline import SEEN, surveyed
from rallybook.grounding.reading import read
from rallybook.model.article import Article

MARCH = "Some 300 bakers marched through Lyon on Sunday against the price of flour."
RECIPE = "Whisk the eggs with the sugar, add the flour and bake for forty minutes."


def reading(text):
    return read(Article(id="a", text=text, language="en"))


def test_an_article_in_which_the_tagger_sees_an_act_is_surveyed():
    scene = surveyed(reading(MARCH))
    assert scene.tagged.most() >= SEEN
    assert scene.read


def test_one_in_which_it_sees_none_is_not(monkeypatch):
    monkeypatch.setattr(pipeline, "survey", lambda *_: None)
    assert surveyed(reading(RECIPE)) is None


def test_a_text_without_words_tells_nothing():
    assert surveyed(reading("")) is None


def test_each_article_is_tagged_once(monkeypatch):
    tagger, asked = pipeline._tagger(), []

    class Counted:
        def read(self, *given):
            asked.append(given)
            return tagger.read(*given)

    monkeypatch.setattr(pipeline, "_tagger", Counted)
    surveyed(reading(MARCH))
    assert len(asked) == 1
