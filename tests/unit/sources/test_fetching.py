import gzip
import shutil
import socket
import ssl
import subprocess
import zlib

import pytest
from fake_web import PUBLIC, PUBLIC_TOO, TIGHT, fake_web, page, raw, sent

from rallybook.errors import FetchError
from rallybook.sources import connections
from rallybook.sources.fetching import Validators
from rallybook.version import __version__

GOOD = page("Hundreds of teachers marched through Accra on Sunday.")
PATIENT = TIGHT._replace(tries=3)


@pytest.fixture
def web():
    with fake_web() as made:
        yield made


def test_what_is_dialled_is_the_very_address_that_was_checked(web, monkeypatch):
    def dial(address, **_):
        web.dialled.append(address)
        made = socket.socket()
        made.connect(("127.0.0.1", web.port))
        return made

    monkeypatch.setattr(connections, "create_connection", dial)
    # whoever asked the system for the name again would be led astray
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked again"))
    web.answers["/a"] = sent(GOOD)
    assert web.fetcher().get("http://site.test/a").raw == GOOD
    assert set(web.dialled) == {(PUBLIC, 80)}
    assert web.headers[-1]["Host"] == "site.test"


def test_the_robot_says_who_it_is_and_whom_to_write_to(web):
    web.answers["/a"] = sent(GOOD)
    web.fetcher().get("http://site.test/a")
    assert web.headers[-1]["User-Agent"] == f"rallybook/{__version__} (+https://desk.example/robot)"
    assert not {"Cookie", "Authorization", "Referer"} & set(web.headers[-1])


def test_redirects_are_followed_to_other_sites_each_looked_up_and_asked_for_its_rules(web):
    web.answers["site.test/a"] = sent(b"", status=301, Location="http://other.test/b?c=d")
    web.answers["other.test/b?c=d"] = sent(GOOD)
    fetched = web.fetcher().get("http://site.test/a")
    assert fetched.url == "http://other.test/b?c=d"
    assert web.asked == ["site.test/robots.txt", "site.test/a", "other.test/robots.txt", "other.test/b?c=d"]
    assert {address for address, _ in web.dialled} == {PUBLIC, PUBLIC_TOO}


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(GOOD)),
        ("gzip", gzip.compress(GOOD[:50]) + gzip.compress(GOOD[50:])),
        ("gzip", gzip.compress(GOOD) + b"\0" * 20),
        ("deflate", zlib.compress(GOOD)),
        ("deflate", zlib.compress(GOOD)[2:-4]),
        ("identity", GOOD),
    ],
)
def test_a_body_is_unpacked(web, coding, packed):
    web.answers["/a"] = sent(packed, Content_Encoding=coding)
    assert web.fetcher().get("http://site.test/a").raw == GOOD


def test_chunks_are_joined(web):
    chunks = b"5\r\nHundr\r\n3;x=y\r\neds\r\n0\r\n\r\n"
    web.answers["/a"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert web.fetcher().get("http://site.test/a").raw == b"Hundreds"


def test_letters_beyond_ascii_are_sent_escaped_and_what_is_escaped_stays(web):
    web.names["xn--bcher-kva.test"] = [[PUBLIC]]
    web.answers["/%C3%BC%20?q=%C3%A9%2F"] = sent(GOOD)
    assert web.fetcher().get("http://bücher.test/ü%20?q=é%2F#part").raw == GOOD


def test_a_page_that_is_still_the_same_is_not_sent_again(web):
    def answer(handler):
        known = handler.headers.get("If-None-Match") == '"7"'
        sent(b"" if known else GOOD, status=304 if known else 200, ETag='"7"', Last_Modified="Sun")(handler)

    web.answers["/a"] = answer
    fetcher = web.fetcher()
    first = fetcher.get("http://site.test/a")
    assert (first.changed, first.validators) == (True, Validators('"7"', "Sun"))
    second = fetcher.get("http://site.test/a", first.validators)
    assert (second.changed, second.raw) == (False, b"")
    assert web.headers[-1]["If-Modified-Since"] == "Sun"


def _in_turn(*answers):
    left = list(answers)

    def answer(handler):
        (left.pop() if left else sent(GOOD))(handler)

    return answer


def _stumbling(times, status, **headers):
    return _in_turn(*[sent(b"", status=status, **headers)] * times)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_stumbles_is_asked_again_after_a_while(web, status):
    web.answers["/a"] = _stumbling(2, status)
    assert web.fetcher(PATIENT).get("http://site.test/a").raw == GOOD
    assert web.slept == [1.0, 4.0]


def test_a_connection_that_breaks_is_tried_again(web):
    web.answers["/a"] = _in_turn(raw(b""))
    assert web.fetcher(PATIENT).get("http://site.test/a").raw == GOOD


def test_a_server_that_names_a_time_is_left_alone_until_then(web):
    web.answers["/a"] = _stumbling(1, 503, Retry_After="17")
    web.fetcher(PATIENT).get("http://site.test/a")
    assert web.slept == [17.0]


def test_a_server_that_names_a_date_that_is_over_is_asked_after_the_usual_while(web):
    web.answers["/a"] = _stumbling(1, 503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")
    web.fetcher(PATIENT).get("http://site.test/a")
    assert web.slept == [1.0]


@pytest.mark.parametrize(("status", "lasting"), [(404, True), (403, True), (503, False)])
def test_a_failure_says_whether_another_try_may_help(web, status, lasting):
    web.answers["/a"] = sent(b"", status=status)
    with pytest.raises(FetchError) as caught:
        web.fetcher().get("http://site.test/a")
    assert caught.value.lasting is lasting


def test_what_is_refused_is_not_tried_again(web):
    web.answers["/a"] = sent(b"", status=404)
    with pytest.raises(FetchError):
        web.fetcher(PATIENT).get("http://site.test/a")
    assert web.asked.count("site.test/a") == 1


def test_one_host_is_asked_with_pauses_and_another_meanwhile(web):
    web.answers["/a"] = sent(GOOD)
    fetcher = web.fetcher(delay=3.0)
    for _ in range(2):
        fetcher.get("http://site.test/a")
    assert web.slept == [3.0, 3.0]  # after robots.txt, and after the first page
    fetcher.get("http://other.test/a")
    assert web.slept == [3.0, 3.0, 3.0]


def test_a_site_may_ask_for_longer_pauses(web):
    web.answers |= {"/a": sent(GOOD), "/robots.txt": sent(b"User-agent: *\nCrawl-delay: 9", "text/plain")}
    fetcher = web.fetcher(delay=1.0)
    for _ in range(2):
        fetcher.get("http://site.test/a")
    assert web.slept == [1.0, 9.0]


def test_a_site_that_answers_nothing_is_not_asked_for_each_of_its_pages(web):
    web.answers["/robots.txt"] = raw(b"")
    fetcher = web.fetcher()
    for number in range(5):
        with pytest.raises(FetchError) as caught:
            fetcher.get(f"http://site.test/{number}")
        assert not caught.value.lasting
    assert web.asked == ["site.test/robots.txt"]


def test_rules_that_are_elsewhere_are_followed(web):
    web.answers["site.test/robots.txt"] = sent(b"", status=301, Location="http://other.test/rules")
    web.answers["other.test/rules"] = sent(b"User-agent: *\nDisallow: /a", "text/plain")
    with pytest.raises(FetchError, match="stay away"):
        web.fetcher().get("http://site.test/a")


def test_a_host_that_is_down_is_left_alone_after_some_pages(web):
    fetcher = web.fetcher()
    web.answers |= {f"/{number}": raw(b"") for number in range(9)} | {"/good": sent(GOOD)}
    for number in range(9):
        with pytest.raises(FetchError) as caught:
            fetcher.get(f"http://site.test/{number}")
        assert not caught.value.lasting
    assert [place for place in web.asked if "robots" not in place] == [
        f"site.test/{number}" for number in range(3)
    ]
    web.answers["other.test/good"] = sent(GOOD)
    assert fetcher.get("http://other.test/good").raw == GOOD


def test_a_host_that_asks_for_a_long_rest_has_it(web):
    fetcher = web.fetcher(PATIENT)
    web.answers |= {"/a": sent(b"", status=429, Retry_After="3600"), "/b": sent(GOOD)}
    for path in "ab":
        with pytest.raises(FetchError):
            fetcher.get(f"http://site.test/{path}")
    assert web.asked == ["site.test/robots.txt", "site.test/a"]


def test_pages_that_are_gone_are_no_sign_of_a_host_that_is_down(web):
    fetcher = web.fetcher()
    web.answers["/good"] = sent(GOOD)
    for number in range(5):
        with pytest.raises(FetchError):
            fetcher.get(f"http://site.test/{number}")
    assert fetcher.get("http://site.test/good").raw == GOOD


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, monkeypatch):
    if not (openssl := shutil.which("openssl")):
        pytest.skip("makes a certificate with openssl, which is not installed")
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    request = (
        "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=site.test -addext subjectAltName=DNS:site.test"
    )
    paths = ["-keyout", str(key), "-out", str(made)]
    subprocess.run([openssl, *request.split(), *paths], check=True, capture_output=True)
    with fake_web(certificate=made, key=key) as web:
        web.answers["/a"] = sent(GOOD)
        with pytest.raises(FetchError, match=r"no safe connection \(CERTIFICATE_VERIFY_FAILED"):
            web.fetcher().get("https://site.test/a")
        trusting = ssl.create_default_context(cafile=str(made))
        monkeypatch.setattr(connections, "_trusted", lambda: trusting)
        assert web.fetcher().get("https://site.test/a").raw == GOOD
        with pytest.raises(FetchError, match="no safe connection"):  # the certificate of another host
            web.fetcher().get("https://other.test/a")
