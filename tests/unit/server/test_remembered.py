from rallybook.server.remembered import Remembered


def test_what_was_asked_for_lately_is_remembered_within_its_room():
    remembered = Remembered(80)
    for tag in "abcdefgh":
        remembered.put(tag, b"0123456789")
    assert remembered.get("a")
    remembered.put("i", b"0123456789")
    assert remembered.get("a") == b"0123456789"
    assert remembered.get("b") is None


def test_what_would_drive_out_the_rest_is_not_remembered():
    remembered = Remembered(80)
    remembered.put("a", b"0" * 11)
    assert remembered.get("a") is None


def test_what_is_put_twice_takes_its_room_once():
    remembered = Remembered(80)
    for _ in range(20):
        remembered.put("a", b"0123456789")
    for tag in "bcdefgh":
        remembered.put(tag, b"0123456789")
    assert all(remembered.get(tag) for tag in "abcdefgh")
