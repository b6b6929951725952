"""How a network is taught: pages in batches of like length, some of them damaged, a loss for each kind of column."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from rallybook.coding.columns import ACT
from rallybook.coding.windows import LOWER, MIXED, SHAPES, SIGN
from rallybook.coding.wordpieces import pieces as pieces_of
from rallybook.training.course import Course
from rallybook.training.encoder import HIDDEN, Encoder, inputs
from rallybook.training.page import (
    ACT_TAG,
    EXTENT_TAG,
    FOCUS_TAG,
    FORM_TAG,
    ROLE_TAG,
    SCALE_TAG,
    STATUS_TAG,
    UNTOLD,
    Page,
)
from rallybook.training.soft_tags import softened

_HEADS_RATE, _WARM, _DECAY = 1e-3, 0.1, 0.01
_PIECES = 1536  # in a batch
_QUOTES = "\" ' “ ” ‘ ’ « » „ `"
# shares of windows read without capitals, and without quotation marks; of pieces hidden, and of pieces misread as
# others. Punctuation that stands apart needs no lesson: word pieces are cut the same with it
_SMALL, _UNQUOTED, _DROPPED, _SLIPS = 0.1, 0.1, 0.03, 0.01
_CLIP = 1.0
_LABELLED = 0.3  # how much labels count beside what a larger encoder says
# most acts are of one place and of one day: as the square roots of how often each is labelled, so that the others are
# learned, too (`SCALES`, `EXTENTS`)
_RARE_SCALES = (1.0, 4.0, 2.5, 4.0)
_RARE_EXTENTS = (1.0, 2.5, 2.2, 3.0, 3.0)
_PREPARED = 8.0  # acts in a batch below which a step is no longer made larger


class Epoch(NamedTuple):
    """One reading of all pages: its number, the mean loss of a batch, that of pages kept back, its seconds."""

    number: int
    loss: float
    kept_back: float | None
    seconds: float


def taught(
    encoder: Encoder,
    pages: Sequence[Page],
    course: Course,
    *,
    kept_back: Sequence[Page] = (),
    said: Callable[[Epoch], None] = lambda _: None,
) -> Encoder:
    """Teach an encoder; with pages kept back the weights are those of the epoch that was best on these.

    Runs on the first CUDA device where there is one. `said` hears of each epoch when it is over.
    """
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)  # noqa: S311 - no secret
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    encoder.to(device).train()
    if course.dropout is not None:
        for part in encoder.modules():
            if isinstance(part, nn.Dropout):
                part.p = course.dropout
    optimizer = _optimizer(encoder, course.rate)
    steps = len(_batches(pages, rng)) * course.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(steps))
    best: tuple[float, dict[str, Tensor]] | None = None
    for number in range(course.epochs):
        start, losses = time.monotonic(), []
        for batch in _batches(pages, rng):
            loss = _loss(encoder, batch, course, damaged=True)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call,unused-ignore]
            nn.utils.clip_grad_norm_(encoder.parameters(), _CLIP)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        seen = _missed(encoder, kept_back, course)
        said(Epoch(number, float(np.mean(losses)), seen, time.monotonic() - start))
        if seen is not None and (best is None or seen < best[0]):
            best = seen, {name: value.detach().clone() for name, value in encoder.state_dict().items()}
    if best:
        encoder.load_state_dict(best[1])
    encoder.to("cpu").eval()
    return encoder


def say_epoch(epoch: Epoch) -> None:
    """Print what an epoch gave."""
    say(f"epoch {epoch.number}  loss {epoch.loss:.3f}  {epoch.seconds:.0f} s")


def say(words: str) -> None:
    """Print a line at once: trainings are long."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _optimizer(encoder: Encoder, rate: float) -> torch.optim.Optimizer:
    """Give the optimizer: what the checkpoint knows moves slowly, its words not at all, what is new fast."""
    encoder.words.weight.requires_grad = False
    new = [*encoder.heads.parameters(), *encoder.shapes.parameters()]
    old = [p for p in encoder.parameters() if p.requires_grad and all(p is not q for q in new)]
    return torch.optim.AdamW(
        [{"params": old, "lr": rate}, {"params": new, "lr": _HEADS_RATE}], weight_decay=_DECAY
    )


def _slope(steps: int) -> Callable[[int], float]:
    return lambda step: min((step + 1) / (_WARM * steps), max(0.0, (steps - step) / ((1 - _WARM) * steps)))


def _batches(pages: Sequence[Page], rng: random.Random) -> list[list[Page]]:
    """Give windows of like length together, in a new order each time."""
    order = sorted(rng.sample(pages, len(pages)), key=lambda page: len(page.window.pieces) // 16)
    found: list[list[Page]] = [[]]
    longest = 0
    for page in order:
        longest = max(longest, len(page.window.pieces))
        if found[-1] and longest * (len(found[-1]) + 1) > _PIECES:
            found.append([])
            longest = len(page.window.pieces)
        found[-1].append(page)
    rng.shuffle(found)
    return found


def _missed(encoder: Encoder, pages: Sequence[Page], course: Course) -> float | None:
    """Give the mean loss of pages that are not learned from; None where there are none."""
    if not pages:
        return None
    encoder.eval()
    with torch.no_grad():
        losses = [
            float(_loss(encoder, batch, course, damaged=False))
            for batch in _batches(pages, random.Random(0))  # noqa: S311 - no secret
        ]
    encoder.train()
    return float(np.mean(losses))


def _loss(encoder: Encoder, batch: Sequence[Page], course: Course, *, damaged: bool) -> Tensor:
    device = encoder.segment.device
    given = inputs([page.window for page in batch])
    mask = given["mask"].to(device)
    if damaged:
        given = _damaged(given)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        scores = encoder(*(given[name].to(device) for name in ("pieces", "shapes", "mask")))
    wanted = torch.from_numpy(np.concatenate([page.tags for page in batch])).long().to(device)
    weight = torch.cat([torch.full((len(page.tags),), page.weight) for page in batch]).to(device)
    acts = float((wanted[:, ACT_TAG] == 1).sum())
    found = scores.float()[mask > 0]
    loss = summed(found, wanted, weight, course)
    rows = [page.taught for page in batch if page.taught is not None]
    if len(rows) == len(batch):
        taught_by = torch.from_numpy(np.concatenate(rows).astype(np.float32)).to(device)
        loss = _LABELLED * loss + softened(found, taught_by, wanted, weight, course)
    return loss / (_PREPARED + acts)


def _damaged(given: dict[str, Tensor]) -> dict[str, Tensor]:
    """Take capitals or quotation marks from some windows, hide or change some pieces: news comes damaged, too."""
    pieces, shapes, mask = given["pieces"], given["shapes"], given["mask"]
    plain = shapes % SHAPES  # a mark is no part of how a word is written
    small = _some(_SMALL, (len(pieces), 1)) & (plain <= MIXED)
    unquoted = _some(_UNQUOTED, (len(pieces), 1)) & torch.isin(pieces, torch.tensor(_quotes()))
    hidden = _some(_DROPPED, pieces.shape) & (plain < SIGN)
    slips = _some(_SLIPS, pieces.shape) & (plain < SIGN)
    others = pieces.flatten()[torch.randperm(pieces.numel())].view(pieces.shape)
    return {
        "pieces": torch.where(slips, others, pieces).masked_fill(hidden, HIDDEN),
        "shapes": torch.where(small, shapes - plain + LOWER, shapes),
        "mask": mask.masked_fill(unquoted, 0.0),
    }


def _some(share: float, size: tuple[int, ...]) -> Tensor:
    return torch.rand(size) < share


@cache
def _quotes() -> tuple[int, ...]:
    """Give the pieces that are quotation marks."""
    return tuple(piece.number for piece in pieces_of(_QUOTES))


def summed(scores: Tensor, wanted: Tensor, weight: Tensor, course: Course) -> Tensor:
    """Give the loss of scores (pieces × columns) against tags (pieces × tags), a weight for each piece."""
    columns, stakes = course.columns, course.stakes
    roles = torch.tensor([stakes.rare.get(role, 1.0) for role in columns.roles], device=scores.device)
    return (
        _either(scores[:, ACT], wanted[:, ACT_TAG], weight)
        + stakes.form * _one_of(scores[:, columns.form], wanted[:, FORM_TAG], weight)
        + _one_of(scores[:, columns.status], wanted[:, STATUS_TAG], weight)
        + _one_of(scores[:, columns.scale], wanted[:, SCALE_TAG], weight, rare=_RARE_SCALES)
        + _one_of(scores[:, columns.extent], wanted[:, EXTENT_TAG], weight, rare=_RARE_EXTENTS)
        + stakes.focus * _either(scores[:, columns.focus], wanted[:, FOCUS_TAG], weight)
        + stakes.role * _either(scores[:, columns.role], wanted[:, ROLE_TAG:], weight[:, None] * roles)
    )


def _either(scores: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    told = (wanted != UNTOLD) * weight
    each = nn.functional.binary_cross_entropy_with_logits(
        scores, wanted.clamp(min=0).float(), reduction="none"
    )
    return (each * told).sum()


def _one_of(scores: Tensor, wanted: Tensor, weight: Tensor, *, rare: Sequence[float] | None = None) -> Tensor:
    """Give the loss of columns of which one holds; `rare` is how much each counts, all the same where it is None."""
    if not scores.shape[1]:  # the network tells nothing of the kind
        return scores.sum()
    counts = torch.tensor(rare, device=scores.device) if rare else None
    each = nn.functional.cross_entropy(scores, wanted, counts, ignore_index=UNTOLD, reduction="none")
    return (each * weight).sum()
