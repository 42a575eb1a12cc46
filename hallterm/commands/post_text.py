"""What `hallterm mail` and `fax` say to a person."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from hallterm.commands.table_text import table
from hallterm.desk.incoming import Came
from hallterm.desk.post_status import FaxView, LetterView, PostStatus, ReceivedView
from hallterm.desk.sending import Round
from hallterm.store.post.spool import LetterState
from hallterm.words import _, with_note
from hallterm.words.post_words import letter_state_word, office_word, purpose_word, verdict_word
from hallterm.words.refusals import explain


def status_lines(seen: PostStatus, zone: tzinfo) -> Iterator[str]:
    """Say what waits."""
    if seen.quiet:
        yield _("没有待发、待处理的邮件和传真")
        return
    text = _("待发 {waiting}，要人处理 {asking}，来件待认领 {unmatched}")
    yield text.format(waiting=seen.waiting, asking=seen.asking, unmatched=seen.unmatched)
    if seen.oldest:
        yield _("最早的一封从 {time} 等到现在").format(time=_time(seen.oldest, zone))


def letter_lines(views: Sequence[LetterView], zone: tzinfo) -> list[str]:
    """Return a table of letters."""
    if not views:
        return []
    header = (_("信件"), _("编号"), _("事由"), _("收件人"), _("状态"), _("次数"), _("下次"))
    return ["", *table(header, [_letter(view, zone) for view in views])]


def _letter(view: LetterView, zone: tzinfo) -> tuple[str, ...]:
    state = letter_state_word(view.state)
    purpose = purpose_word(view.purpose)
    waits = view.state is LetterState.WAITING and view.attempts
    return (
        view.id[:8],
        view.number,
        purpose,
        view.recipient or office_word(view.office),
        with_note(state, view.said) if view.said and (view.asks or waits) else state,
        str(view.attempts),
        _time(view.due, zone) if waits else "",
    )


def fax_lines(views: Sequence[FaxView], zone: tzinfo) -> list[str]:
    """Return a table of fax pages on their way out."""
    if not views:
        return [_("没有要发的传真")]
    header = (_("编号"), _("传真号码"), _("状态"), _("从"))
    return table(header, [_fax(view, zone) for view in views])


def _fax(view: FaxView, zone: tzinfo) -> tuple[str, ...]:
    state = _("已放进传真文件夹") if view.filed else _("待发")
    return view.number, view.target, state, _time(view.made, zone)


def received_lines(views: Sequence[ReceivedView], zone: tzinfo) -> list[str]:
    """Return a table of what came in."""
    if not views:
        return []
    header = (_("来件"), _("编号"), _("核对"), _("已记入"), _("来自"), _("时间"))
    return ["", *table(header, [_received(view, zone) for view in views])]


def _received(view: ReceivedView, zone: tzinfo) -> tuple[str, ...]:
    return (
        view.digest[:12],
        view.number or "-",
        verdict_word(view.verdict),
        _("是") if view.reported else _("否"),
        view.sender,
        _time(view.at, zone),
    )


def came_lines(name: str, one: Came) -> Iterator[str]:
    """Say what became of something that came in."""
    if not one.new:
        yield _("{name}：以前收过").format(name=name)
        return
    verdict = verdict_word(one.verdict)
    text = _("{name}：{number} {verdict}")
    yield text.format(name=name, number=one.number or "-", verdict=verdict)
    if one.reported:
        yield _("  已记入 {number} 的确认").format(number=one.number)
    elif one.refusal:
        yield _("  没有记入：{reason}").format(reason=explain(one.refusal))


def round_line(done: Round) -> str:
    """Say what a round of the spool did."""
    return _(
        "发出 {sent}，放进文件夹 {filed}，稍后再试 {postponed}，"
        "被退回 {refused}，不确定 {uncertain}"
    ).format(
        sent=done.sent,
        filed=done.filed,
        postponed=done.postponed,
        refused=done.refused,
        uncertain=done.uncertain,
    )


def _time(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%m-%d %H:%M}"
