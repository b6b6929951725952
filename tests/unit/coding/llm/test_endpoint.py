import pytest

from rallybook.coding.llm.endpoint import Endpoint, Prices, endpoint_of
from rallybook.errors import InputError

NAMED = {"RALLYBOOK_LLM_URL": "http://127.0.0.1:8080/v1", "RALLYBOOK_LLM_MODEL": "small"}


def test_the_environment_names_all_of_it():
    more = {
        "RALLYBOOK_LLM_KEY": "sesame",
        "RALLYBOOK_LLM_PRICES": "0.15, 0.60",
        "RALLYBOOK_LLM_TIMEOUT": "30",
    }
    assert endpoint_of(NAMED | more) == Endpoint(
        url="http://127.0.0.1:8080/v1", model="small", key="sesame", prices=Prices(0.15, 0.6), timeout_s=30
    )


def test_an_option_goes_before_the_environment():
    found = endpoint_of(NAMED, url="https://models.example/v1", model="large", prices="1,2")
    assert (found.url, found.model, found.prices) == ("https://models.example/v1", "large", Prices(1, 2))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RALLYBOOK_LLM_URL", "", "--llm-url or RALLYBOOK_LLM_URL: received ''"),
        ("RALLYBOOK_LLM_URL", "ftp://models.example", "an address such as http://"),
        ("RALLYBOOK_LLM_URL", "file:///etc/passwd", "received 'file:///etc/passwd'"),
        ("RALLYBOOK_LLM_URL", "127.0.0.1:8080", "an address such as http://"),
        ("RALLYBOOK_LLM_URL", "http://127.0.0.1:port/", "an address such as http://"),
        ("RALLYBOOK_LLM_URL", "http://a b/v1", "an address such as http://"),
        ("RALLYBOOK_LLM_MODEL", " ", "--llm-model or RALLYBOOK_LLM_MODEL: received ' '"),
        ("RALLYBOOK_LLM_PRICES", "cheap", "received 'cheap', allowed: the prices of a million tokens"),
        ("RALLYBOOK_LLM_PRICES", "1", "received '1'"),
        ("RALLYBOOK_LLM_PRICES", "-1,2", "received '-1,2'"),
        ("RALLYBOOK_LLM_PRICES", "nan,2", "received 'nan,2'"),
        ("RALLYBOOK_LLM_TIMEOUT", "0", "RALLYBOOK_LLM_TIMEOUT: received '0'"),
        ("RALLYBOOK_LLM_TIMEOUT", "soon", "a number of seconds"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_is_allowed(name, value, said):
    with pytest.raises(InputError) as caught:
        endpoint_of(NAMED | {name: value})
    assert said in str(caught.value)


def test_the_key_is_never_shown():
    assert "sesame" not in repr(Endpoint(url="http://a", model="m", key="sesame"))
    with pytest.raises(InputError) as caught:
        endpoint_of(NAMED | {"RALLYBOOK_LLM_KEY": "open sesame"})
    assert "sesame" not in str(caught.value)
    with pytest.raises(InputError) as caught:
        endpoint_of(NAMED, url="http://me:sesame@models.example/v1")
    assert "sesame" not in str(caught.value)
