"""Pages around articles: menus, teasers, adverts, comments, scripts, in the encodings and layouts of many sites."""

import html
import json
import random
import re
from functools import cache
from typing import NamedTuple

from made_up_news.telling import Told
from made_up_news.wording import wording

# what a server says of the encoding, and what it is; the last ones lie
_ENCODINGS = (
    ("utf-8", "utf-8"),
    ("", "utf-8"),
    ("windows-1252", "cp1252"),
    ("", "utf-8-sig"),
    ("utf-16", "utf-16"),
    ("iso-8859-1", "utf-8"),
)
_SHARES = (70, 14, 6, 3, 1, 6)
_TOKENS = (
    "margin padding display:none;width:100%; function(a,b){return a} .card .col-4 .hero@media(max-width:600px) "
    "var(--c1) document.querySelector addEventListener('load', {window.dataLayer push( new Date() color:#334155; "
    ".grid>.item transition:opacity .2s; if(!e){ }else{ null, true, false, undefined ,s=0;s<t.length;s++ .btn:hover{ "
    "font-size:1rem;"
).split()
_WORD = re.compile(r"[a-z0-9]+")


class Page(NamedTuple):
    """A page as a server sends it, with the charset that the server tells ("" for none)."""

    url: str
    raw: bytes
    charset: str
    title: str


class _Site(NamedTuple):
    name: str
    host: str
    layout: int
    bulk: str
    menu: str
    footer: str
    charset: str
    encoding: str


def page(told: Told, number: int, chance: random.Random, *, kilobytes: int = 40) -> Page:
    """Give the page of an article; `kilobytes` is what the scripts and styles of a site come to in the mean."""
    site = _site(told.source, kilobytes)
    words = "-".join(_WORD.findall(told.title.lower())[:6]) or "story"
    url = f"https://{site.host}/{told.published:%Y/%m/%d}/{words}-{number}"
    body = _LAYOUTS[site.layout](told, chance)
    # what browsers have read as windows-1252 for thirty years is declared in the page, too
    declared = site.charset or ("utf-8" if site.encoding.startswith("utf-8") else "")
    meta = f'<meta charset="{declared}">' if declared else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="{told.language}"><head>{meta}{_head(told, site, url)}{site.bulk}</head>'
        f"<body>{site.menu}{body}{_aside(chance)}{site.footer}</body></html>"
    )
    raw = text.encode(site.encoding, "xmlcharrefreplace")
    return Page(url, raw, site.charset, told.title)


@cache
def _site(name: str, kilobytes: int) -> _Site:
    """Give what all pages of a site share."""
    chance = random.Random(name)
    known = wording("page")
    host = "-".join(_WORD.findall(name.lower())) + ".example"
    size = int(1000 * kilobytes * chance.lognormvariate(-0.3, 0.75))
    half = " ".join(chance.choices(_TOKENS, k=size // 20))
    bulk = f"<style>{half}</style><script>{half}</script>"
    items = "".join(_menu(one, chance) for one in chance.sample(known["sections"], chance.randint(8, 20)))
    logo = f'<a class="logo" href="/">{html.escape(name)}</a>'
    menu = f'<header class="site-header">{logo}<nav><ul>{items}</ul></nav></header>'
    menu += f'<div id="cookie-banner" class="consent">{known["cookie"]}<button>Accept</button></div>' * (
        chance.random() < 0.5
    )
    links = "".join(f'<a href="#">{one}</a> ' for one in known["footer"])
    (how,) = chance.choices(_ENCODINGS, _SHARES)
    return _Site(
        name,
        host,
        chance.randrange(len(_LAYOUTS)),
        bulk,
        menu,
        f'<footer class="footer">{links}</footer>',
        *how,
    )


def _menu(section: str, chance: random.Random) -> str:
    """Give a section of the menu with those below it."""
    place = f"/{section.lower().replace(' ', '-')}/"
    below = "".join(
        f'<li class="sub-item"><a href="{place}{n}"><span>{one}</span></a></li>'
        for n, one in enumerate(chance.sample(wording("page")["sections"], chance.randint(0, 9)))
    )
    return f'<li class="menu-item"><a href="{place}">{section}</a><ul class="sub-menu">{below}</ul></li>'


def _head(told: Told, site: _Site, url: str) -> str:
    title, day = html.escape(told.title), told.published.isoformat()
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": told.title}
    about |= {
        "datePublished": f"{day}T08:00:00Z",
        "publisher": {"@type": "Organization", "name": told.source},
    }
    return (
        f"<title>{title} | {html.escape(site.name)}</title>"
        f'<meta property="og:site_name" content="{html.escape(site.name)}"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"><link rel="canonical" href="{url}">'
        f'<script type="application/ld+json">{json.dumps(about)}</script>'
    )


def _paragraphs(told: Told, chance: random.Random) -> list[str]:
    """Give the paragraphs as mark-up; some words of them are links, and adverts stand between them."""
    known, rows = wording("page"), []
    for number, words in enumerate(told.text.split("\n")):
        escaped = html.escape(words, quote=False)
        if number % 4 == 2 and len(words) > 60:
            start, end = escaped.find(" "), escaped.find(" ", 30)
            escaped = (
                f'{escaped[:start]} <a href="/topic/{number}">{escaped[start + 1 : end]}</a>{escaped[end:]}'
            )
        rows.append(f"<p>{escaped}</p>")
        if number % 5 == 4:
            rows.append(f'<div class="ad-slot">{chance.choice(known["adverts"])}</div>')
    return rows


def _article(told: Told, chance: random.Random) -> str:
    share = "".join(f'<li><a href="#">{one}</a></li>' for one in wording("page")["share"])
    return (
        f'<main><article class="post"><h1>{html.escape(told.title)}</h1><p class="byline">{html.escape(told.source)}, '
        f'<time datetime="{told.published}">{told.published:%d %B %Y}</time></p><ul class="share">{share}</ul>'
        f'<div class="entry-content">{"".join(_paragraphs(told, chance))}</div></article></main>{_comments(chance)}'
    )


def _columns(told: Told, chance: random.Random) -> str:
    rows = "".join(_paragraphs(told, chance))
    return (
        f'<div class="row"><div class="col-8 story"><h1 class="headline">{html.escape(told.title)}</h1>'
        f'<div class="story-body">{rows}</div></div></div>{_comments(chance)}'
    )


def _plain(told: Told, chance: random.Random) -> str:
    """Give the page of a site of long ago: a table, line breaks, no paragraphs."""
    words = "<br><br>".join(html.escape(one, quote=False) for one in told.text.split("\n"))
    head = f"<b>{html.escape(told.title)}</b><br>{told.published}"
    return f'<table width="100%"><tr><td>{head}<br><br>{words}</td></tr></table>'


def _read_also(told: Told, chance: random.Random) -> str:
    rows = _paragraphs(told, chance)
    known = wording("page")
    also = f'<p class="read-also">{known["read_also"]}: <a href="/also">{chance.choice(known["teasers"])}</a></p>'
    rows.insert(min(2, len(rows)), also)
    return (
        f'<section class="content"><h1>{html.escape(told.title)}</h1><div class="article__body">{"".join(rows)}</div>'
        f'</section><div class="newsletter"><form>{known["newsletter"]}<input type="email"></form></div>'
    )


_LAYOUTS = (_article, _columns, _plain, _read_also)


def _comments(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return ""
    said = chance.choices(wording("page")["comments"], k=chance.randint(1, 8))
    rows = "".join(f"<div class=comment><p>{one}</p></div>" for one in said)
    return f'<div id="comments" class="comments">{rows}</div>'


def _aside(chance: random.Random) -> str:
    """Give the column beside an article: other stories, of which on many pages one is about a protest."""
    known = wording("page")
    rows = chance.choices(known["teasers"], k=chance.randint(5, 45))
    if chance.random() < 0.3:
        rows.insert(1, chance.choice(known["protest_teasers"]))
    around = chance.choice(("aside", "div"))
    items = "".join(
        f'<li class="teaser"><a href="/{n}.html"><img src="/{n}.jpg" alt=""></a><span class="tag">News</span>'
        f'<h3><a href="/{n}.html">{html.escape(one)}</a></h3><time>{n + 1} h</time></li>'
        for n, one in enumerate(rows)
    )
    return f'<{around} class="sidebar"><h2>Most read</h2><ul>{items}</ul></{around}>'
