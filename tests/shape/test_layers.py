from importlinter.cli import lint_imports


def test_a_room_uses_only_what_lies_below_it(capsys):
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out
