from coded_examples import ARTICLE, FAILED, QUIET

from rallybook.model.outcome import Coded
from rallybook.publishing.spool import Spool


def test_what_passes_through_can_be_read_again_and_again():
    coded = [ARTICLE, QUIET, FAILED]
    with Spool() as spool:
        assert list(spool.through(coded)) == coded
        assert list(spool.read()) == coded
        assert list(spool.read()) == coded


def test_lone_surrogates_come_back():
    with Spool() as spool:
        assert list(spool.through([Coded(id="a\ud800")]))
        assert list(spool.read()) == [Coded(id="a\ud800")]
