"""Records for the tests of the evaluation."""

from rallybook.evaluation.labelled import Also, Labelled, LabelledDate, LabelledPlace


def record(**changed):
    """A march in Oban on a Sunday; `day`, `at` and any field can be changed."""
    day = changed.pop("day", "2024-05-12")
    at = changed.pop("at", {})
    place = {"name": "Oban", "country": "GB", "lat": 56.415, "lon": -5.472, "precision": "city"} | at
    also = changed.pop("also", None)
    facts = {
        "form": "march",
        "status": "happened",
        "focus": "focal",
        "umbrella": False,
        "quote": "They marched along the pier on Sunday.",
    } | changed
    return Labelled(
        date=LabelledDate(day), place=LabelledPlace(**place), also=Also(**also) if also else None, **facts
    )


# 52 km from Oban as the crow flies
FORT_WILLIAM = {"name": "Fort William", "lat": 56.817, "lon": -5.111}
LONDON = {"name": "London", "lat": 51.507, "lon": -0.128}
