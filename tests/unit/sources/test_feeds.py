import datetime as dt
import gzip

import pytest

from rallybook.errors import SourceError
from rallybook.sources.feeds import Entry, feed, sitemap

HOME = "http://site.test/news/feed"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Old</title><link>http://site.test/old</link><pubDate>Sat, 13 Feb 2021 09:00:00 GMT</pubDate></item>
<item><title>New</title><link>/new</link><pubDate>Sun, 14 Feb 2021 09:00:00 GMT</pubDate></item>
<item><title>No link</title></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="story"/>
<published>2021-02-13T10:00:00Z</published><updated>2021-02-14T10:00:00Z</updated></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://site.test/a</loc><lastmod>2021-02-13</lastmod></url>
<url><loc> http://site.test/b </loc><news:news><news:publication_date>2021-02-14T08:00:00Z</news:publication_date>
</news:news></url><url><lastmod>2021-01-01</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://site.test/1.xml</loc><lastmod>2021-02-13</lastmod></sitemap>
<sitemap><loc>http://site.test/2.xml</loc><lastmod>2021-02-14</lastmod></sitemap></sitemapindex>"""


def test_a_feed_announces_pages_the_newest_first():
    new, old = feed(RSS, HOME).pages
    assert new == Entry("http://site.test/new", "Sun, 14 Feb 2021 09:00:00 GMT", dt.date(2021, 2, 14))
    assert old.url == "http://site.test/old"


def test_atom_is_a_feed_whose_stamp_is_its_last_change():
    (entry,) = feed(ATOM, HOME).pages
    assert entry == Entry("http://site.test/news/story", "2021-02-14T10:00:00Z", dt.date(2021, 2, 13))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_announces_pages_the_newest_first(pack):
    newer, older = sitemap(pack(SITEMAP), HOME).pages
    assert newer == Entry("http://site.test/b", "2021-02-14T08:00:00Z", dt.date(2021, 2, 14))
    assert older == Entry("http://site.test/a", "2021-02-13")


def test_an_index_announces_sitemaps():
    announced = sitemap(INDEX, HOME)
    assert announced.pages == ()
    assert [entry.url for entry in announced.sitemaps] == ["http://site.test/2.xml", "http://site.test/1.xml"]


@pytest.mark.parametrize(
    "raw", [b"", b"<html><body>no</body></html>", b"/etc/passwd", b"http://127.0.0.1/", b"\0"]
)
@pytest.mark.parametrize("read", [feed, sitemap])
def test_what_is_neither_is_named(raw, read):
    with pytest.raises(SourceError, match=r"allowed: (RSS or Atom|urlset or sitemapindex)"):
        read(raw, HOME)


@pytest.mark.parametrize("read", [feed, sitemap])
def test_entities_lead_nowhere(read, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("http://site.test/secret")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    head = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">{bomb}]>'
    body = {
        feed: '<rss version="2.0"><channel><item><link>http://site.test/&f;&e9;</link></item></channel></rss>',
        sitemap: "<urlset><url><loc>http://site.test/&f;&e9;</loc></url></urlset>",
    }[read]
    try:
        found = [entry.url for entry in read(f"{head}{body}".encode(), HOME).pages]
    except SourceError:
        found = []
    assert all("secret" not in url and len(url) < 1_000 for url in found)


def test_a_sitemap_that_is_a_bomb_is_refused():
    with pytest.raises(SourceError, match="unpack to more"):
        sitemap(gzip.compress(b" " * 50_000_000), HOME)
