"""How well a model of one's own codebook reads the articles that were kept back from its training, and its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rallybook.codebook.own import OwnCodebook
from rallybook.coding.act_windows import MARKED
from rallybook.coding.columns import ACT, Columns
from rallybook.coding.tagger import Network
from rallybook.coding.windows import NOWHERE
from rallybook.training.page import ACT_TAG, FORM_TAG, ROLE_TAG, UNTOLD, Page
from rallybook.version import __version__

# log odds among which the bounds are chosen
_BOUNDS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0)


class Figure(NamedTuple):
    """Precision and recall at the bound of log odds that gives the best F1, and how many gold cases there are."""

    bound: float
    precision: float
    recall: float
    cases: int

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        told = f"F1 {self.f1:.2f} (precision {self.precision:.2f}, recall {self.recall:.2f}"
        return f"{told}, {self.cases} cases, from log odds {self.bound:g})"


class Figures(NamedTuple):
    """Acts told from what is none; the share of right forms, by form and in all; the pieces of each role."""

    acts: Figure
    forms: dict[str, tuple[int, int]]
    roles: dict[str, Figure]

    @property
    def form(self) -> float:
        """The share of acts with the right form."""
        right = sum(right for right, _ in self.forms.values())
        return right / max(sum(of for _, of in self.forms.values()), 1)

    def as_text(self) -> str:
        """Give the figures in lines."""
        lines = [f"acts: {self.acts}", f"form: right {self.form:.2f}"]
        lines += [f"  {form}: {right} of {of}" for form, (right, of) in self.forms.items() if of]
        return "\n".join([*lines, *(f"{role}: {figure}" for role, figure in self.roles.items())])


Case = tuple[float, bool]


def measured(network: Network, pages: Sequence[Page], columns: Columns) -> Figures:
    """Give how well a network reads pages that it did not learn from."""
    acts: list[Case] = []
    roles: list[list[Case]] = [[] for _ in columns.roles]
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for page in pages:
        marked = [n for n, kind in enumerate(page.window.shapes) if kind >= MARKED]
        inside = [n for n, start in enumerate(page.window.starts) if start != NOWHERE]
        scores, tags = network.scored([page.window]).scores, page.tags[inside]
        own = [inside.index(n) for n in marked]
        acts.append((float(scores[own, ACT].max()), bool(tags[own[0], ACT_TAG] == 1)))
        if tags[own[0], FORM_TAG] != UNTOLD:
            form = columns.forms[tags[own[0], FORM_TAG]]
            of[form] += 1
            right[form] += columns.forms[int(scores[own][:, columns.form].sum(axis=0).argmax())] == form
        for n, role in enumerate(columns.roles):
            told = tags[:, ROLE_TAG + n]
            pairs = zip(scores[:, columns.at(role)].tolist(), told.tolist(), strict=True)
            roles[n] += [(odds, tag == 1) for odds, tag in pairs if tag != UNTOLD]
    forms = {form: (right[form], of[form]) for form in columns.forms}
    return Figures(_best(acts), forms, {role: _best(roles[n]) for n, role in enumerate(columns.roles)})


def _best(cases: Sequence[Case]) -> Figure:
    return max((_figure(cases, bound) for bound in _BOUNDS), key=lambda figure: figure.f1)


def _figure(cases: Sequence[Case], bound: float) -> Figure:
    gold = sum(right for _, right in cases)
    given = sum(odds >= bound for odds, _ in cases)
    hits = sum(right and odds >= bound for odds, right in cases)
    return Figure(bound, hits / given if given else 0.0, hits / gold if gold else 0.0, gold)


def card(book: OwnCodebook, figures: Figures, *, learned: str) -> str:
    """Give the card of a model in Markdown: its codebook, what it learned from, how well it reads."""
    words = "\n".join(f"- **{name}**: {meaning}" for name, meaning in (book.forms | book.roles).items())
    told = "\n".join(f"    {line}" for line in figures.as_text().splitlines())
    return f"""# Model of the codebook {book.name}

Trained by rallybook {__version__} on {learned}, starting from the bundled tagger.
Use it with `rallybook code FILE --model` and this folder: each record then has `own`, the form and the roles by this
codebook.

Figures on the articles kept back from training. The same articles chose the best epoch and the bounds, so that new
articles will be read a little worse:

{told}

The forms and roles:

{words}
"""
