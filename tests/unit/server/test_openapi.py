from rallybook.server.app import api
from rallybook.server.openapi import ANSWERS, BODIES


def _operations():
    for path, operations in api().openapi()["paths"].items():
        for method, operation in operations.items():
            yield f"{method} {path}", operation


def test_every_operation_is_described_and_nothing_else_is():
    assert {operation["operationId"] for _, operation in _operations()} == ANSWERS.keys()
    assert BODIES.keys() <= ANSWERS.keys()


def test_every_operation_says_what_it_gives_and_what_may_go_wrong():
    for name, operation in _operations():
        assert operation["summary"], name
        assert operation["description"], name
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert "application/problem+json" in answer["content"], (name, status)


def test_every_body_has_an_example_and_names_no_field_that_is_not_asked_for():
    schema = api().openapi()
    for name, operation in _operations():
        if "requestBody" in operation:
            (content,) = operation["requestBody"]["content"].values()
            assert content["example"], name
            kind = schema["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[1]]
            assert kind["additionalProperties"] is False, name


def test_every_filter_has_an_example_or_says_what_is_meant():
    for name, operation in _operations():
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", (name, parameter["name"])
