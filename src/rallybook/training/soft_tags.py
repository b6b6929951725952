"""What a larger encoder says of a page, as a lesson for a smaller one (distillation, Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from rallybook.coding.columns import ACT
from rallybook.training.course import Course
from rallybook.training.encoder import Encoder, inputs
from rallybook.training.page import ACT_TAG, ROLE_TAG, UNTOLD, Page

# pages that are read in one go
_TOGETHER = 16
# the larger encoder is as sure as it is right; the models behind the small ones were fitted beside one that is surer
_SHARPER = 1.4
# how likely an act must be for its form, status, focus and reach to be a lesson
_LIKELY = 0.3
# rare scales and extents count more among labels (`summed`); of what a teacher says all of them do
_REACH = 1.5


def told_by(teacher: Encoder, pages: Sequence[Page]) -> Iterator[Page]:
    """Give pages with what a teacher says of their pieces; pages of like length are read together."""
    order = sorted(range(len(pages)), key=lambda n: len(pages[n].window.pieces))
    for first in range(0, len(order), _TOGETHER):
        some = [pages[n] for n in order[first : first + _TOGETHER]]
        given = inputs([page.window for page in some])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = teacher(given["pieces"], given["shapes"], given["mask"]).float().numpy()
        for page, rows in zip(some, scores, strict=True):
            yield page._replace(taught=(rows[: len(page.tags)] * _SHARPER).astype(np.float16))


def softened(scores: Tensor, taught: Tensor, wanted: Tensor, weight: Tensor, course: Course) -> Tensor:
    """Give the loss of scores against those of a teacher (pieces × columns), a weight for each piece.

    What only an act has counts as far as the teacher, or the labels (`wanted`), see one; roles where they were read.
    """
    columns, stakes = course.columns, course.stakes
    labelled = (wanted[:, ACT_TAG] == 1).float()
    likely = torch.sigmoid(taught[:, ACT])
    act = torch.maximum(likely, labelled) * ((likely > _LIKELY) | (labelled > 0)) * weight
    read = ((wanted[:, ROLE_TAG:] != UNTOLD).any(1) | (wanted[:, ACT_TAG] != UNTOLD)).float() * weight
    read = torch.maximum(read, act)
    return (
        _either(scores[:, [ACT]], taught[:, [ACT]], read)
        + stakes.form * _one_of(scores[:, columns.form], taught[:, columns.form], act)
        + _one_of(scores[:, columns.status], taught[:, columns.status], act)
        + _REACH * _one_of(scores[:, columns.scale], taught[:, columns.scale], act)
        + _REACH * _one_of(scores[:, columns.extent], taught[:, columns.extent], act)
        + stakes.focus * _either(scores[:, [columns.focus]], taught[:, [columns.focus]], act)
        + stakes.role * _either(scores[:, columns.role], taught[:, columns.role], read)
    )


def _either(scores: Tensor, taught: Tensor, weight: Tensor) -> Tensor:
    each = nn.functional.binary_cross_entropy_with_logits(scores, torch.sigmoid(taught), reduction="none")
    return (each * weight[:, None]).sum()


def _one_of(scores: Tensor, taught: Tensor, weight: Tensor) -> Tensor:
    if not scores.shape[1]:
        return scores.sum()
    each = nn.functional.kl_div(
        scores.log_softmax(-1), taught.log_softmax(-1), reduction="none", log_target=True
    )
    return (each.sum(-1) * weight).sum()
