import datetime as dt
import socket

import msgspec
import pytest
from stand_in import Reply, refused, told, wrote

from rallybook.coding.llm.chat import Chat
from rallybook.coding.llm.endpoint import Endpoint
from rallybook.errors import EndpointError

BODY = {"model": "small", "messages": [], "temperature": 0}


@pytest.fixture
def waits():
    return []


@pytest.fixture
def chat(endpoint, waits):
    return Chat(endpoint, wait=waits.append)


def failure(chat):
    with pytest.raises(EndpointError) as caught:
        chat.choice(BODY)
    return str(caught.value)


def test_it_asks_for_a_chat_completion_with_the_key(chat, server):
    assert chat.choice(BODY).message.content == '{"events": []}'
    assert server.paths == ["/v1/chat/completions"]
    assert server.asked == [BODY]
    assert server.headers[0]["Authorization"] == "Bearer sesame"


def test_an_address_that_names_the_completions_is_taken_as_it_is(server):
    Chat(Endpoint(url=f"{server.url}/chat/completions", model="small")).choice(BODY)
    assert server.paths == ["/v1/chat/completions"]


def test_without_a_key_none_is_sent(server):
    Chat(Endpoint(url=server.url, model="small")).choice(BODY)
    assert "Authorization" not in server.headers[0]


def test_nobody_listening_is_said():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    said = failure(Chat(Endpoint(url=url, model="small")))
    assert said.startswith(f"endpoint {url}: received no answer (Connection refused), allowed: ")


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(401, "RALLYBOOK_LLM_KEY"), (404, "a model that is served there"), (400, "json_schema"), (500, "200")],
)
def test_a_refusal_is_told_with_its_reason_and_what_is_allowed(chat, server, waits, status, allowed):
    server.answers(refused(status, "not for sesame"))
    said = failure(chat)
    assert f"received status {status} (not for …)" in said
    assert allowed in said.split("allowed: ")[1]
    assert (len(server.asked), waits) == (1, [])


def test_a_refusal_of_any_shape_is_told_on_one_line(chat, server):
    server.answers(Reply(b"<h1>Bad\n gate\x00way</h1>" + b"x" * 5000, 418))
    said = failure(chat)
    assert "<h1>Bad gate way</h1>xxx" in said
    assert len(said) < 500


def test_a_busy_endpoint_is_asked_again_after_the_time_that_it_names(chat, server, waits):
    server.answers(refused(429, "slow down", Retry_After="7"), refused(503, "starting"), told())
    assert chat.choice(BODY).finish_reason == "stop"
    assert waits == [7.0, 2.0]


def test_the_time_to_wait_may_be_a_date(chat, server, waits):
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20)
    server.answers(refused(429, "slow down", Retry_After=soon.strftime("%a, %d %b %Y %H:%M:%S GMT")), told())
    chat.choice(BODY)
    assert 15 < waits[0] <= 20


def test_an_endpoint_that_stays_busy_is_given_up(chat, server, waits):
    server.answers(refused(429, "slow down", Retry_After="a while"))
    assert "status 429 (slow down) at each of 4 tries, allowed: fewer articles at a time" in failure(chat)
    assert waits == [1.0, 2.0, 4.0]


def test_nobody_waits_an_hour(chat, server, waits):
    server.answers(refused(429, "quota", Retry_After="3600"))
    assert "3,600 s to wait, of which at most 60 are waited" in failure(chat)
    assert waits == []


def test_a_model_that_refuses_a_temperature_is_asked_without(chat, server):
    server.answers(refused(400, "Unsupported value: 'temperature' must be 1"), told())
    chat.choice(BODY)
    assert [body.get("temperature") for body in server.asked] == [0, None]


def test_a_late_answer_is_a_failure(server):
    server.answers(Reply(b"", pause=0.5))
    said = failure(Chat(Endpoint(url=server.url, model="small", timeout_s=0.1)))
    assert "received no whole answer within 0.1 s, allowed: one within that time" in said


def test_an_answer_that_breaks_off_is_a_failure(chat, server):
    whole = wrote("{}").body
    server.answers(Reply(whole, missing=10))
    assert "received no answer (" in failure(chat)


def test_an_endless_answer_is_a_failure(chat, server):
    server.answers(Reply(b" " * 1_100_000))
    assert "received more than 1,000,000 bytes" in failure(chat)


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[]", b'{"choices": []}', b'{"choices": [{"message": {"content": 5}}]}', b"\xff\xfe",
     b'{"x": ' + b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_chat_completion_is_a_failure(chat, server, body):
    server.answers(Reply(body))
    assert "allowed: a chat completion of the OpenAI API" in failure(chat)


def test_a_redirect_is_not_followed(chat, server):
    server.answers(Reply(b"", 307, {"Location": f"{server.url}/elsewhere"}))
    assert "status 307" in failure(chat)
    assert server.paths == ["/v1/chat/completions"]


def test_a_proxy_is_not_asked_for_this_machine(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    choice = Chat(Endpoint(url=server.url, model="small")).choice(BODY)
    assert msgspec.json.decode(choice.message.content) == {"events": []}
