import ast

from source import SOURCE, functions, modules

# about what can be held in mind at once; the longest today are well below
_FILE_LINES, _FUNCTION_LINES, _PARAMETERS = 300, 50, 6


def test_no_file_is_too_long():
    lengths = {path: len((SOURCE / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: length for path, length in lengths.items() if length > _FILE_LINES} == {}


def test_no_function_is_too_long():
    lengths = {place: (node.end_lineno or 0) - node.lineno + 1 for place, node in functions()}
    assert {place: length for place, length in lengths.items() if length > _FUNCTION_LINES} == {}


def test_no_function_takes_too_much():
    # a verb of the command line has one parameter for each argument and option
    taken = {place: _parameters(node) for place, node in functions() if not place.startswith("cli/")}
    assert {place: count for place, count in taken.items() if count > _PARAMETERS} == {}


def test_only_one_place_catches_every_error():
    places = [
        f"{path}:{node.lineno}"
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
    ]
    assert [place.split(":")[0] for place in places] == ["running/local.py"], places


def test_nothing_is_called_by_a_name_that_says_nothing():
    empty = {"util", "utils", "helper", "helpers", "manager", "common", "misc"}
    assert [
        path for path in modules() if empty & set(path.removesuffix(".py").replace("/", "_").split("_"))
    ] == []


def test_whatever_is_public_says_what_it_gives():
    silent = [
        f"{path}: {node.name}"
        for path, module in modules().items()
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_module_says_what_it_is_for():
    assert [path for path, module in modules().items() if not ast.get_docstring(module)] == []


def _parameters(node):
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([argument for argument in every if argument.arg not in {"self", "cls"}])


def _catches_all(handler):
    names = {getattr(kind, "id", "") for kind in ast.walk(handler.type)} if handler.type else {"Exception"}
    return bool(names & {"Exception", "BaseException"})
