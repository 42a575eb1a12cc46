"""Whatever can become of a letter, and whatever is found out about what came in, has its words."""

from hallterm.configuration.offices_file import Offices
from hallterm.desk.outgoing import FOLLOWS
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import LetterState
from hallterm.words.post_words import office_word, worded


def test_nothing_is_without_words() -> None:
    states, verdicts, purposes = worded()
    assert states == set(LetterState)
    assert verdicts == set(Verdict)
    assert purposes == {kind.type for kind in FOLLOWS}
    assert all(office_word(office) != office for office in Offices.model_fields)
