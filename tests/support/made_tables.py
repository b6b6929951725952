"""Rows in the columns of other data sets, all of our own making."""

import csv
import io

from rallybook.codebook.tables import table
from rallybook.coding.row_coder import RowCoder
from rallybook.model.article import Article
from rallybook.sources.datasets import DataSets

ROWS = {
    "acled": {
        "event_id_cnty": "GBR1", "event_date": "12 May 2024", "time_precision": "1", "event_type": "Protests",
        "sub_event_type": "Peaceful protest", "assoc_actor_1": "Safe Crossings; Pier Union", "inter2": "", "iso": "826",
        "country": "United Kingdom", "location": "Leeds", "latitude": "53.801", "longitude": "-1.549",
        "geo_precision": "1",
        "notes": "On 12 May 2024, about 200 ferry workers marched in Leeds for a second lifeboat.",
        "fatalities": "0", "tags": "women targeted; crowd size=about 200",
    },
    "ccc": {
        "date": "2024-05-12", "locality": "Riverton", "state": "WY", "location_detail": "the bridge", "online": "0",
        "type": "rally; march", "title": "Walk for the Bridge", "organizations": "Bridge Watch; Riverton Teachers",
        "participants": "parents", "claims": "for a new bridge, against the toll", "size_text": "dozens",
        "size_low": "40",
        "size_high": "60", "arrests": "at least 2", "arrests_any": "1", "injuries_crowd": "3", "injuries_police": "1",
        "police_measures": "presence; tear gas", "chemical_agents": "1", "participant_deaths": "", "source_1":
        "https://news.example.org/bridge", "lat": "43.02", "lon": "-108.38", "resolved_locality": "Riverton",
    },
    "polecat": {
        "Event ID": "p-1", "Event Date": "2024-05-12", "Event Type": "PROTEST", "Event Mode": "strike-lim", "Quad Code":
        "MATERIAL CONFLICT", "Recipient Name": "Ministry of Ferries", "Placename": "Leeds", "City": "Leeds", "Country":
        "GBR", "Latitude": "53.797", "Longitude": "-1.544", "Feature Type": "PPL", "Source": "The Argus",
        "Publication Date": "2024-05-13",
    },
    "gdelt": {
        "GLOBALEVENTID": "900000001", "SQLDATE": "20240512", "EventCode": "1412", "EventBaseCode": "141",
        "EventRootCode": "14", "Actor1Name": "FERRY WORKER", "Actor1Type1Code": "LAB", "Actor2Name": "UNITED KINGDOM",
        "NumArticles": "7000", "ActionGeo_Type": "4", "ActionGeo_FullName": "Leeds, Leeds, United Kingdom",
        "ActionGeo_CountryCode": "UK", "ActionGeo_Lat": "53.8", "ActionGeo_Long": "-1.55",
        "DATEADDED": "20240513001500",
        "SOURCEURL": "https://news.example.org/ferries",
    },
}  # fmt: skip


def made(name, *changes, mark="", width=61):
    """Give a table as text: the row of `ROWS` once for each dict of changes."""
    rows = [ROWS[name] | one for one in changes or ({},)]
    sheet = table(name).sheet
    mark = mark or ("\t" if name in ("gdelt", "polecat") else ",")
    columns = (
        sheet.order[width] if not sheet.headed else tuple(dict.fromkeys(key for row in rows for key in row))
    )
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        columns,
        restval="",
        delimiter=mark,
        extrasaction="ignore",
        quoting=csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    if sheet.headed:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def items(name, text, origin="file.csv"):
    """Give what becomes of the rows of a table."""
    return list(DataSets(name).rows(text.splitlines(keepends=True), origin, name))


def coded(name, **changes):
    """Give what is coded of the one row of a table."""
    (article,) = items(name, made(name, changes))
    assert isinstance(article, Article), article
    return article, RowCoder().code(article)


def row_record(name, **changes):
    """Give the record of the one row of a table."""
    (record,) = coded(name, **changes)[1].events
    return record
