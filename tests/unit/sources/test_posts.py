import datetime as dt
import json

import pytest
from made_up_photos import photo

from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.files import FileSource
from rallybook.sources.posts import PostReader

POST = {"id": "1", "author": "@Ama_K", "time": "2021-02-14T18:00:00Z", "text": "Hundreds marched in Accra."}


@pytest.fixture
def read(tmp_path):
    reader = PostReader(salt="salt", keep=tmp_path / "kept")

    def run(*posts, suffix=".jsonl"):
        path = tmp_path / f"posts{suffix}"
        path.write_text(posts[0] if suffix == ".csv" else "\n".join(map(json.dumps, posts)))
        return list(FileSource([str(path)], rows=reader.rows).articles())

    return run


def _one(items):
    (article,) = [item for item in items if isinstance(item, Article)]
    return article


def test_a_post_is_an_article_of_its_words_and_its_day(read):
    article = _one(read(POST))
    assert (article.id, article.text, article.published) == ("1", POST["text"], dt.date(2021, 2, 14))
    assert article.post.geotag is None
    assert article.post.pictures == ()


def test_an_author_is_a_hash_that_only_the_salt_repeats():
    def hashed(salt, author):
        (article,) = PostReader(salt=salt).rows(POST | {"author": author}, "posts.jsonl:1")
        return article.post.author

    assert hashed("a", "@Ama_K") == hashed("a", "ama_k") != hashed("b", "ama_k")
    assert hashed("", "ama_k") != hashed("", "ama_k")
    assert "ama" not in hashed("a", "ama_k")
    assert len(hashed("a", "ama_k")) == 16
    assert hashed("a", "") == hashed("a", None) == ""


def test_a_handle_stands_in_nothing_that_is_published(read):
    post = POST | {"id": "Ama_K/7", "url": "https://chat.test/ama_k/status/7", "source": "chat.test/Ama_K"}
    article = _one(read(post))
    assert "ama_k" not in repr(article).lower()
    assert article.id != "Ama_K/7"
    assert article.url == ""


def test_an_address_that_holds_the_handle_within_a_word_only_stays(read):
    article = _one(read(POST | {"author": "ana", "url": "https://chat.test/banana"}))
    assert article.url == "https://chat.test/banana"


def test_hashtags_that_the_text_lacks_are_words_of_the_post_too(read):
    article = _one(read(POST | {"text": "Hundreds marched #Accra", "hashtags": ["accra", "#FeesMustFall"]}))
    assert article.text == "Hundreds marched #Accra #FeesMustFall"
    assert _one(read(POST | {"hashtags": "FeesMustFall, Kumasi"})).text.endswith("#FeesMustFall #Kumasi")


@pytest.mark.parametrize(
    "place",
    [
        {"geotag": "5.56, -0.2"},
        {"geotag": [5.56, -0.2]},
        {"lat": 5.56, "lon": -0.2},
        {"lat": "5.56", "lon": "-0.2"},
    ],
)
def test_a_geotag_is_latitude_and_longitude(read, place):
    assert _one(read(POST | place)).post.geotag == (5.56, -0.2)


@pytest.mark.parametrize("geotag", ["Accra", "95, 0", [1], [1, 2, 3], {"lat": 1}, "1e9,0", 7, [None, "x"]])
def test_a_geotag_that_is_none_is_named_and_the_post_is_read(read, geotag):
    failure, article = read(POST | {"geotag": geotag})
    assert isinstance(failure, Failure)
    assert "geotag: received" in failure.reason
    assert article.post.geotag is None


def test_photos_are_read_and_copies_kept_without_what_they_tell(read, tmp_path):
    photo(tmp_path / "a.jpg")
    (seen,) = _one(read(POST | {"media": ["a.jpg"]})).post.pictures
    assert seen.taken == seen.seen == dt.date(2021, 2, 14)
    assert seen.position == pytest.approx((5.55, -0.2))
    (copy,) = (tmp_path / "kept").iterdir()
    assert copy.name.startswith(seen.fingerprint)
    assert b"SECRET" not in copy.read_bytes()


def test_the_same_picture_in_a_later_post_has_the_day_of_the_first(read, tmp_path):
    photo(tmp_path / "a.jpg", taken="")
    photo(tmp_path / "b.jpg", taken="")
    _, later = read(POST | {"media": "a.jpg"}, POST | {"id": "2", "time": "2021-06-01", "media": "b.jpg"})
    assert later.post.pictures[0].seen == dt.date(2021, 2, 14)


@pytest.mark.parametrize(
    "name", ["../out.jpg", "/etc/passwd", "gone.jpg", "https://chat.test/a.jpg", ".", "a\0b"]
)
def test_a_photo_elsewhere_is_not_read_and_named(read, tmp_path, name):
    photo(tmp_path.parent / "out.jpg")
    failure, article = read(POST | {"media": [name]})
    assert "no file beside the posts" in failure.reason
    assert article.post.pictures == ()


def test_a_photo_that_is_none_is_named_and_the_others_are_read(read, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"no photo")
    photo(tmp_path / "b.jpg")
    failure, article = read(POST | {"media": "a.jpg|b.jpg"})
    assert "none that can be read" in failure.reason
    assert len(article.post.pictures) == 1


def test_posts_come_as_csv_too(read):
    table = "author,time,text,hashtags,lat,lon\nama_k,2021-02-14,Hundreds marched.,Accra;Kumasi,5.56,-0.2\n"
    article = _one(read(table, suffix=".csv"))
    assert article.text == "Hundreds marched. #Accra #Kumasi"
    assert article.post.geotag == (5.56, -0.2)


@pytest.mark.parametrize(
    "post",
    [{"author": "a"}, {"text": 7}, {"text": " "}, {"text": "A", "time": "soon"}, {"text": "A", "media": 7}],
)
def test_a_row_that_is_no_post_does_not_stop_the_others(read, post):
    items = read(post, POST)
    assert items[-1].id == "1"
