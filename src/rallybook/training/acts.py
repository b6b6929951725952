"""Fits the models by which the coder chooses places and dates and leaves out what is no event.

    python -m rallybook.training.acts DATA [--tagged FILE [--refine [--reader FOLDER]]] [--write]

DATA is the folder of labelled sets: protest_records/{train,written,stories}.jsonl, beside which our own labelled
articles and real news with our labels are read, the sentences with a marked verb (event_place), and the news of other
kinds that the gate learns from. With `--tagged` the models see what the tagger says of articles that it did not see in
training (`rallybook.training.tagger` writes FILE); without, they are those of the rules alone. Prints the figures of a
five-fold cross-validation (folds by article, each stage with models that did not see the article); `--write` puts the
models fitted on everything into the coder. `--refine` leaves the models of places, dates, status and focus as they
are and moves the one of acts as far as the articles of FILE ask for; with `--reader` it moves those of places and dates
alone, which see what the reader of acts says of articles that it did not see (`rallybook.training.act_reader` writes
FOLDER).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from rallybook.coding import linear
from rallybook.coding.confidence import FIELDS, Field
from rallybook.coding.linear import Weights
from rallybook.evaluation.records_score import score
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.training.corpus import FOLDS, Lesson
from rallybook.training.fitting import Options, fitted_on, options, store, tagger_scores
from rallybook.training.lessons import (
    Choice,
    Question,
    Reread,
    date_questions,
    place_questions,
    reread,
    status_questions,
)
from rallybook.training.marked_verbs import verb_questions
from rallybook.training.quiet import FILE as QUIET
from rallybook.training.quiet import quiet_lessons
from rallybook.training.regression import UNTAUGHT, fit_answer, fit_choice, fit_scale

Models = Mapping[str, Weights]
_RIGHT: dict[str, Field] = {f"right {field}": field for field in FIELDS}
FILE = "weights.json"
# the pull of the fit: of 3, 6, 12 and 25 for choices and of 1.5, 3 and 6 for acts the best in cross-validation
PULLS = {"place": 15.0, "date": 15.0, "status": 1.0}
PULL_ACT, PULL_FOCUS = 6.0, 3.0
# of some hundred articles after thousands: at 6 and 18 it reads `dev` and `dev_written` worse, at 180 as at 60
PULL_REFINED = 60.0
# weights of choices that there were before are held so much more strongly than those of a reader's new marks: with 1 in
# place of 10 places are right by .003 less
HELD = 10.0
# real news is rare among what is labelled; single sentences and machine-made stories are further from it
_WEIGHT = {
    "train": 2.0,
    "written": 1.0,
    "articles": 1.0,
    "wire": 1.0,
    "papers": 2.0,
    "stories": 0.5,
    QUIET: 0.5,
}
# what users read: the scale of the probabilities comes from these
_WHOLE_NEWS = ("train", "written", "papers")
_REPORTED = ("train", "written", "articles", "wire", "papers", "stories")
_BOUNDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def main() -> None:
    """Read the arguments, fit, print."""
    asked = options(__doc__, reader=True, refine=True)
    corpus = fitted_on(asked)
    if asked.refine:
        models = _refined_choices(corpus) if asked.reader else _refined(corpus)
    else:
        models = _all_fitted(asked, corpus)
    if asked.write:
        _use(models, corpus)
        _write(linear.models())


def _refined(corpus: Sequence[Lesson]) -> Models:
    """Give the model of acts as it is after some articles, and its scale."""
    before = linear.models()[corpus[0].scene.model("act")]
    read = [reread(lesson) for lesson in corpus]
    _report(read, before, PULL_REFINED)
    return {"act": _fit_acts(read, before, PULL_REFINED), "scale": _fit_scale(read)}


def _refined_choices(corpus: Sequence[Lesson]) -> Models:
    """Give the models of places and dates as they are after some articles whose mentions were read one by one."""
    models: dict[str, Weights] = {}
    for name, asked in {"place": place_questions(corpus), "date": date_questions(corpus)}.items():
        before = linear.models()[corpus[0].scene.model(name)]
        for fold in range(FOLDS):
            _try_choice(name, asked, fold, corpus, before)
        models[name] = _fit_choice(name, asked, before)
    return models


def _all_fitted(asked: Options, corpus: Sequence[Lesson]) -> Models:
    _begin(corpus)
    questions = {"status": status_questions(corpus)}
    models = {"status": _fit_choice("status", questions["status"])}
    # the choices of a date know the status that the coder gives
    _use(models, corpus)
    questions |= {"place": place_questions(corpus), "date": date_questions(corpus)}
    if asked.tagged is None:  # the tagger did not read these
        questions["place"] += verb_questions(asked.data, CompiledGazetteer())
    models |= {name: _fit_choice(name, questions[name]) for name in ("place", "date")}
    read = _cross_read(corpus, questions)
    _use(models, corpus)
    read += [
        reread(lesson) for lesson in quiet_lessons(asked.data, CompiledGazetteer(), tagger_scores(asked))
    ]
    models["focus"] = _fit_focus(read)
    models["act"] = _fit_acts(read, UNTAUGHT, PULL_ACT)
    models |= {name: _fit_field(read, field) for name, field in _RIGHT.items()}
    _count_focus(read)
    _report(read, UNTAUGHT, PULL_ACT)
    return models | {"scale": _fit_scale(read)}


def _begin(corpus: Sequence[Lesson]) -> None:
    """Let models that were never fitted begin as those of the rules: what is fitted first asks those fitted last."""
    known = linear.models()
    names = ("focus", "act", *_RIGHT)
    _use({name: known.get(name, {}) for name in names if corpus[0].scene.model(name) not in known}, corpus)
    _use({"scale": {"odds": 1.0, "bias": 0.0}}, corpus)


def _use(models: Models, corpus: Sequence[Lesson]) -> None:
    """Let the coder choose with these models from here on."""
    linear.models().update({corpus[0].scene.model(name): weights for name, weights in models.items()})


def _write(models: Models) -> None:
    # the models of single folds have a number at their end
    shipped = {name: weights for name, weights in models.items() if not name[-1].isdigit()}
    store(FILE, shipped)


def _cross_read(corpus: Sequence[Lesson], questions: dict[str, list[Question]]) -> list[Reread]:
    """Code each article with models of places and dates that did not see it; print how often these are right."""
    read: list[Reread] = []
    for fold in range(FOLDS):
        for name, asked in questions.items():
            _try_choice(name, asked, fold, corpus)
        read += [reread(lesson) for lesson in corpus if lesson.fold == fold]
    return read


def _try_choice(
    name: str, asked: Sequence[Question], fold: int, corpus: Sequence[Lesson], before: Weights = UNTAUGHT
) -> None:
    """Let the coder choose with a model that did not see a part of the corpus; print how often it is right there."""
    _use({name: _fit_choice(name, [q for q in asked if q.fold != fold], before)}, corpus)
    _count(name, [q for q in asked if q.fold == fold], corpus[0].scene.model(name))


def _fit_choice(name: str, asked: Sequence[Question], before: Weights = UNTAUGHT) -> Weights:
    groups = [question.choices for question in asked]
    return fit_choice(groups, pull=PULLS[name], before=before, held=HELD)


def _count(name: str, asked: Sequence[Question], model: str) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for question in asked:
        best = max(question.choices, key=lambda choice: linear.score(model, choice[0]))
        right[question.file] += best[1]
        total[question.file] += 1
    shown = "  ".join(f"{file} {right[file] / total[file]:.3f} of {total[file]}" for file in total)
    sys.stdout.write(f"{name:6} {shown}\n")


def _fit_acts(read: Sequence[Reread], before: Weights, pull: float, fold: int | None = None) -> Weights:
    answers = [a for r in read for a in r.answers if a.fold != fold and a.right is not None]
    return _fit([(a.file, (a.marks, bool(a.right))) for a in answers], pull, before)


def _fit_focus(read: Sequence[Reread], fold: int | None = None) -> Weights:
    answers = [a for r in read for a in r.answers if a.fold != fold and a.focal is not None]
    return _fit([(a.file, (a.focus_marks, bool(a.focal))) for a in answers], PULL_FOCUS)


def _fit_field(read: Sequence[Reread], field: Field) -> Weights:
    return _fit([(a.file, a.values[field]) for r in read for a in r.answers if field in a.values], PULL_ACT)


def _fit(told: Sequence[tuple[str, Choice]], pull: float, before: Weights = UNTAUGHT) -> Weights:
    """Give the weights for a yes-or-no question; each answer weighs what the file that it comes from does."""
    weigh = [_WEIGHT[file] for file, _ in told]
    return fit_answer([choice for _, choice in told], pull=pull, weigh=weigh, before=before)


def _fit_scale(read: Sequence[Reread]) -> Weights:
    """Give the log odds that the cross-validated ones of whole news articles should have been; print them."""
    told = [a for r in read for a in r.answers if a.file in _WHOLE_NEWS and a.right is not None]
    odds = np.array([linear.score(f"act {a.fold}", a.marks) for a in told])
    slope, middle = fit_scale(odds, [bool(a.right) for a in told])
    sys.stdout.write(f"scale  {slope:.2f} of the log odds {middle:+.2f}\n")
    return {"odds": round(slope, 2), "bias": round(middle, 2)}


def _count_focus(read: Sequence[Reread]) -> None:
    models = [_fit_focus(read, fold) for fold in range(FOLDS)]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for answer in (a for r in read for a in r.answers if a.focal is not None):
        odds = linear.weighed(models[answer.fold], answer.focus_marks)
        right[answer.file] += (odds > 0) == answer.focal
        total[answer.file] += 1
    shown = "  ".join(f"{file} {right[file] / total[file]:.3f} of {total[file]}" for file in total)
    sys.stdout.write(f"focus  {shown}\n")


def _report(read: Sequence[Reread], before: Weights, pull: float) -> None:
    """Print what a bound on the probability of an act gives in cross-validation."""
    for fold in range(FOLDS):
        linear.models()[f"act {fold}"] = _fit_acts(read, before, pull, fold)
    for bound in _BOUNDS:
        _report_at(read, bound)


def _report_at(read: Sequence[Reread], bound: float) -> None:
    shown = [f"bound {bound:.2f}"]
    for name in _REPORTED:
        own = [r for r in read if r.lesson.file == name]
        if not own:
            continue
        gold = {r.lesson.scene.reading.article.id: r.lesson.gold for r in own}
        kept = {r.lesson.scene.reading.article.id: r.above(bound) for r in own}
        figures = score(gold, kept)
        empty = [name for name, records in gold.items() if not records]
        told = sum(bool(kept[name]) for name in empty)
        shown.append(
            f"{name} detect {figures.detect.F1:.3f} record {figures.record.F1:.3f} empty {told}/{len(empty)}"
        )
    quiet = [bool(r.above(bound)) for r in read if r.lesson.file == QUIET]
    sys.stdout.write(f"{'  '.join(shown)}  quiet {sum(quiet)}/{len(quiet)}\n")


if __name__ == "__main__":
    main()
