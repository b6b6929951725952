"""A linker for whom the same place name, country and date are one event, whatever else is told.

Of its articles those whose texts end in the same words in brackets are copies of the one with the least id.
"""

import zlib
from collections import defaultdict
from itertools import combinations

import msgspec

from rallybook.model.copies import CopyGroup
from rallybook.model.decision import rejected
from rallybook.model.event import Comparison, Event, SizeClaim, Telling
from rallybook.model.recycled import was_there_before

_FIELDS = ("form", "status", "focus", "umbrella", "date", "place", "size", "claims", "response")


class FakeLinker:
    """Keeps to decisions: the newest of a pair holds, and the newest correction of a field."""

    def block_keys(self, report):
        return {self._key(report): (True, True)}

    def compared(self, reports, fresh):
        for one, other in combinations(reports, 2):
            ids = one.record.id, other.record.id
            if self._key(one) == self._key(other) and not fresh.isdisjoint(ids):
                yield Comparison(*ids, 1.0, False)

    def joins(self, weight, crowd):
        return weight > 0

    def clusters(self, reports, decisions):
        ids = {report.record.id for report in reports}
        return self.clustered(
            {report.record.id: report.article for report in reports},
            self.compared(reports, ids),
            decisions,
            {},
        )

    def clustered(self, articles, compared, decisions, crowd):
        pairs = {}
        for decision in sorted(decisions, key=lambda d: (d.final, d.at, d.id)):
            if decision.kind in ("same", "different"):
                pairs |= dict.fromkeys(combinations(sorted(set(decision.records)), 2), decision.kind)
        out = rejected(decisions)
        judged = {record for pair in pairs for record in pair}
        like = [tuple(sorted(pair[:2])) for pair in compared if out.isdisjoint(pair[:2])]
        # what nobody judged is together with its like from the start: whatever is alike was compared
        home = {record: record for record in sorted(articles) if record not in out}
        for one, other in sorted(pair for pair in like if judged.isdisjoint(pair)):
            home[other] = home[one]
        clusters = defaultdict(set)
        for record, first in home.items():
            clusters[first].add(record)
        clusters = list(clusters.values())
        for pair, kind in sorted(pairs.items()):
            if kind == "same" and set(pair) <= home.keys():
                self._join(clusters, pair, pairs)
        for pair in sorted(pair for pair in like if not judged.isdisjoint(pair)):
            self._join(clusters, pair, pairs)
        return tuple(sorted(tuple(sorted(cluster)) for cluster in clusters))

    def copy_keys(self, text):
        return [zlib.crc32(self._agency(text).encode())] if self._agency(text) else []

    def copies(self, articles):
        groups = defaultdict(list)
        for article in articles:
            groups[self._agency(article.text)].append(article.id)
        return [CopyGroup(tuple(sorted(ids))) for agency, ids in groups.items() if agency and len(ids) > 1]

    def consolidated(self, reports, decisions, copies):
        first = reports[0].record
        values = {name: getattr(first, name) for name in _FIELDS}
        support = dict.fromkeys(_FIELDS, (first.id,))
        for decision in sorted(decisions, key=lambda d: (d.final, d.at, d.id)):
            if decision.kind == "correct":
                group, _, part = decision.field.partition(".")
                held = msgspec.to_builtins(values[group]) if part else None
                values[group] = {**held, part: decision.value} if part else decision.value
                support[decision.field] = (decision.id,)
        original = {article: group.original for group in copies for article in group.articles[1:]}
        event = Event(
            id="",
            **values,
            records=tuple(
                Telling(
                    article=r.article, record=r.record.id, published=r.published, source=r.source, url=r.url,
                    quote=r.record.quote, spans=r.record.spans, copy_of=original.get(r.article, ""),
                    imported=r.record.imported, recycled=self._recycled(r), coder=r.record.coder,
                )
                for r in reports
            ),
            claims_of_size=tuple(
                SizeClaim(low=r.record.size.low, high=r.record.size.high, text=r.record.size.text, article=r.article)
                for r in reports
                if r.record.size.text
            ),
            support=support,
            confidence=first.confidence,
        )  # fmt: skip
        return msgspec.convert(msgspec.to_builtins(event), Event)

    @staticmethod
    def _recycled(report):
        told = was_there_before(report.seen, report.record, report.published)
        return told if report.record.media else msgspec.UNSET

    @staticmethod
    def _agency(text):
        return text.rpartition("(")[2] if text.endswith(")") else ""

    @staticmethod
    def _key(report):
        place = report.record.place
        return f"{place.country}|{place.name}|{report.record.date.edtf}"

    @staticmethod
    def _join(clusters, pair, pairs):
        one, other = (next(cluster for cluster in clusters if record in cluster) for record in pair)
        apart = any(pairs.get(tuple(sorted((a, b)))) == "different" for a in one for b in other)
        if one is not other and not apart:
            one |= other
            clusters.remove(other)
