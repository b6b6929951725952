"""A coder that finds one rally in each article that says so."""

from rallybook.model.article import Article
from rallybook.model.outcome import Coded
from rallybook.model.record import EventDate, Record


class FakeCoder:
    """Finds a rally on the day of publication where the text holds "rally"; fails on "break"."""

    version = "fake 1"

    def code(self, article: Article) -> Coded:
        if "break" in article.text:
            raise ValueError("it broke")
        date = EventDate(article.published.isoformat()) if article.published else EventDate()
        rally = Record(
            id=f"{article.id}-1",
            form="rally",
            status="happened",
            focus="focal",
            umbrella=False,
            date=date,
            trigger="rally",
            quote=article.text[:40],
        )
        return Coded(
            id=article.id,
            published=article.published,
            language="en",
            coder=self.version,
            events=(rally,) if "rally" in article.text else (),
        )
