import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.triggers import lowered, triggers


def forms(text):
    return [(trigger.form, trigger.text) for trigger in triggers(text)]


def only(text):
    found = triggers(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "form", "words"),
    [
        ("Two candlelit rallies were held in Porto.", "vigil", "candlelit rallies"),
        ("Pensioners protested against the cuts.", "rally", "protested"),
        ("Nurses took to the streets on Monday.", "rally", "took to the streets"),
        ("Miners marched on the capital.", "march", "marched"),
        ("Women formed a human chain round the lake.", "human_chain", "formed a human chain"),
        ("A sit-in at the bank went on.", "sit_in", "sit-in"),
        ("The bandh was total in the hills.", "strike", "bandh"),
        ("Bakers went on strike at dawn.", "strike", "went on strike"),
        ("Ten inmates are on hunger strike.", "hunger_strike", "hunger strike"),
        ("Shoppers boycotted the store.", "boycott", "boycotted"),
        ("A tractor convoy reached Lyon.", "caravan", "tractor convoy"),
        ("They burned an effigy of the mayor.", "symbolic", "burned an effigy"),
        ("Rioting spread to the docks.", "riot", "Rioting"),
        ("Pupils walked out of class.", "walkout", "walked out of class"),
        ("An online protest began.", "other", "online protest"),
    ],
)
def test_words_that_name_a_form_are_strong(sentence, form, words):
    found = only(sentence)
    assert (found.form, found.text, found.strong) == (form, words, True)


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("Families gathered outside the court.", "rally"),
        ("Farmers blocked the road.", "blockade"),
        ("Youths clashed with police.", "riot"),
        ("Widows walked to the ministry.", "march"),
        ("Tram drivers stopped work.", "strike"),
        ("They lay down on the road in front of the gate.", "blockade"),
        ("They held hands along the river.", "human_chain"),
        ("They put tyres across the road.", "blockade"),
        ("They threw stones.", "riot"),
        ("They torched a bus.", "riot"),
        ("Students occupied the faculty.", "occupation"),
        ("Neighbours lit candles.", "vigil"),
        ("Women banged pots.", "symbolic"),
        ("Detainees refused food.", "hunger_strike"),
        ("Tenants refused to pay the rent.", "boycott"),
        ("Cooks walked out.", "walkout"),
        ("Farmers drove tractors to the ministry.", "caravan"),
    ],
)
def test_words_that_need_a_crowd_or_claim_are_weak(sentence, form):
    found = triggers(sentence)
    assert form in {trigger.form for trigger in found}
    assert not any(trigger.strong for trigger in found)


def test_coordinated_acts_each_give_a_trigger():
    assert forms("About 300 people marched and blocked the bridge.") == [
        ("march", "marched"),
        ("blockade", "blocked the bridge"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Riot police watched.",
        "The stock rally lost steam.",
        "Shares rallied from a low.",
        "An air strike hit the depot.",
        "The two firms struck a deal.",
        "The strike price was agreed.",
        "The shop opened on 14 March.",
        "Sales fell in March.",
        "It opens on March 3.",
        "He got a marching band.",
        "The trial demonstrated that the drug works.",
        "The supermarket chain grew.",
        "She lives in a block of flats.",
        "Senators blocked the bill.",
        "An aid convoy crossed the border.",
        "The fast train was late.",
        "The England striker scored.",
        "The gathering storm broke.",
        "The garden was a riot of colour.",
        "A chain reaction followed.",
        "He protested his innocence.",
        "The cooking demonstration was fun.",
        "They grew up under military occupation.",
    ],
)
def test_figures_of_speech_and_other_meanings_are_no_trigger(sentence):
    assert forms(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "A Pride March was held.",
        "He joined the March for Jobs.",
        "THOUSANDS MARCH IN MADRID",
        "They march on.",
    ],
)
def test_a_march_with_a_capital_is_no_month(sentence):
    assert "march" in {trigger.form for trigger in triggers(sentence)}


@pytest.mark.parametrize(
    ("sentence", "definite"),
    [
        ("The march ended.", True),
        ("These peaceful protests ended.", True),
        ("Friday's strike ended.", True),
        ("Their sit-in ended.", True),
        ("A march ended.", False),
        ("Protests ended.", False),
        ("The biggest protest in years ended.", False),
        ("The police met a protest.", False),
    ],
)
def test_nouns_that_point_back_are_definite(sentence, definite):
    assert only(sentence).definite is definite


@pytest.mark.parametrize(
    ("sentence", "verbal"),
    [
        ("They protested.", True),
        ("Workers strike for pay.", True),
        ("They will march on Friday.", True),
        ("Students were protesting.", True),
        ("The protest began.", False),
        ("A strike began.", False),
        ("Two rallies began.", False),
    ],
)
def test_verbs_are_told_from_nouns(sentence, verbal):
    assert only(sentence).verbal is verbal


def test_a_noun_that_only_describes_another_is_weak():
    assert not only("The protest organisers resigned.").strong


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("Some 1,200 welders stood by the fountain.", "rally"),
        ("Two hundred Georgians crossed the bridge.", "march"),
        ("Campaigners hugged the hospital.", "human_chain"),
        ("Herders seized the estate.", "occupation"),
        ("Locals held the bridge for a week.", "blockade"),
        ("The crane operators stopped at noon.", "strike"),
        ("Pupils left their lessons.", "walkout"),
        ("Poets returned their prizes.", "boycott"),
        ("Thousands rode into the capital.", "caravan"),
        ("Dancers performed on the square.", "symbolic"),
        ("Supporters charged the police line.", "riot"),
    ],
)
def test_a_plain_verb_after_a_crowd_is_weak(sentence, form):
    found = only(sentence)
    assert (found.form, found.strong) == (form, False)


@pytest.mark.parametrize(
    "sentence",
    ["The tower stood by the fountain.", "In 2012 it circled the isle.", "The papers crossed the river."],
)
def test_a_plain_verb_without_a_crowd_is_no_trigger(sentence):
    assert forms(sentence) == []


def test_a_plain_verb_after_a_crowd_gives_way_to_words_that_tell_more():
    assert forms("Dockers held a slow drive on the ring road.") == [("caravan", "slow drive")]


def test_capitals_and_small_letters_find_the_same():
    sentence = "Dockers went on strike and marched to the port, where rioting broke out."
    assert [f for f, _ in forms(sentence)] == [f for f, _ in forms(sentence.upper())]
    assert [f for f, _ in forms(sentence)] == [f for f, _ in forms(sentence.lower())]


def test_a_dotted_capital_i_moves_no_position():
    text = "İİİ protested in İzmir."
    assert forms(text) == [("rally", "protested")]


PIECES = st.sampled_from(
    "the a protest march March strike riot police on of rally sit-in blocked road İ burned cars tyres . , \n "
    "took to streets lit candles 3 walked out ministry thousands hunger in hands chain held".split(" ")
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map(" ".join))
def test_triggers_are_words_of_the_text_in_order_and_apart(text):
    found = triggers(text)
    assert all(text[trigger.start : trigger.end] == trigger.text for trigger in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == triggers(text)


@given(st.text())
def test_lowering_keeps_every_character_in_its_place(text):
    assert len(lowered(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["a", "protest ", "blocked the ", "take ", " ", "the old ", "set fire to ", "march\n"]
)
def test_a_long_line_takes_time_in_proportion_to_its_length(piece):
    def once(text):
        start = time.process_time()
        triggers.__wrapped__(text)  # not what was kept of the run before
        return time.process_time() - start

    def seconds(size):
        # the best of three: a pause of the machine or of the collector of garbage is no cost of the text
        return min(once((piece * (size // len(piece) + 1))[:size]) for _ in range(3))

    seconds(1000)  # compiles the expressions
    # four times the text may take four times as long; twelve leaves room for a busy machine
    assert seconds(200_000) < 12 * max(seconds(50_000), 0.02)
