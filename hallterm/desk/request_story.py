"""A request's story in lines that can be read, searched and printed."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from zoneinfo import ZoneInfo

from hallterm.desk.desk import Desk
from hallterm.desk.request_views import FormView, GateRow, RequestPage, StoryLine
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.request.parts import AssistForm, Decision, Move
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import (
    DeclineReason,
    Proof,
    ReturnReason,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.ticket.words import UndoReason
from hallterm.words import _
from hallterm.words.money import yuan
from hallterm.words.request_words import request_event_word
from hallterm.words.terms import term, tier_and_grade

_DETAILS: Mapping[str, type[StrEnum]] = {
    "form_proof_received": Proof,
    "request_withdrawn": WithdrawReason,
    "request_reopened": UndoReason,
    "request_taken": TakeReason,
    "request_visit_booked": VisitKind,
}
"""Event → the closed set of its detail."""


def story_of(
    request: Request, words: Mapping[str, str], names: StaffNames, zone: ZoneInfo
) -> tuple[StoryLine, ...]:
    """Return the story, the first line first.

    words: text of each note by id; erased ones are missing.
    """
    return tuple(_line(request, move, words, names, zone) for move in request.moves)


def _line(
    request: Request, move: Move, words: Mapping[str, str], names: StaffNames, zone: ZoneInfo
) -> StoryLine:
    decision = request.decision(move.detail)
    return StoryLine(
        at=move.at.astimezone(zone),
        who=names[move.staff_id],
        device=move.device,
        event=move.event,
        state=move.state,
        words=tuple(words.get(note, _("（已删除）")) for note in dict.fromkeys(move.notes)),
        mood=move.mood,
        detail=_decided(move.event, decision, names) if decision else _detail(move, names),
        confirmation=decision.confirmation if decision else None,
        disputed=move.disputed,
    )


def _decided(event: str, decision: Decision, names: StaffNames) -> str:
    decider = decision.ruling.decider
    ruling = decision.ruling
    # Of the other events, the name says already what was decided.
    told = [term(ruling.verdict)] if event == "request_store_decided" else []
    if isinstance(ruling.reason, DeclineReason | ReturnReason):
        told.append(term(ruling.reason))
    if ruling.by_phone:
        name = names[decider] if decider else None
        who = f"{name.name} {name.staff_id}".strip() if name else _("无账号")
        told.append(_("电话：{who}").format(who=who))
    return _("，").join(told)


def _detail(move: Move, names: StaffNames) -> str:
    if move.event in {"request_opened", "form_drafted"}:
        return ""  # kind and hall stand above the story
    if move.event in {"request_reply_agreed", "form_identity_denied"} and move.detail:
        one = names[move.detail]
        return f"{one.name} {one.staff_id}".strip()
    if move.event == "request_reminded":
        return _("提醒经办人") if move.detail == "1" else _("提醒上级")
    known = _DETAILS.get(move.event)
    try:
        return term(known(move.detail)) if known and move.detail else move.detail
    except ValueError:
        return move.detail


def form_view(
    request: Request, words: Mapping[str, str], names: StaffNames, desk: Desk
) -> FormView | None:
    """Return the assistance form as it stands; None before there is one."""
    form = request.form
    if form is None:
        return None
    hall = desk.rules.company.hall
    said = words.get(form.superior_words or "", "")
    return FormView(
        version=form.version,
        solution=words.get(form.solution, ""),
        superior=_("，").join(filter(None, (term(form.superior), said))),
        hall_id=form.hall_id,
        here=hall is not None and hall.id == form.hall_id,
        amount_fen=form.amount_fen,
        valid_until=form.valid_until.astimezone(desk.timezone),
        signed_by=names[form.signed_by] if form.signed_by else None,
        gate=tuple(_gate(form, proof, names, desk.timezone) for proof in Proof),
    )


def _gate(form: AssistForm, proof: Proof, names: StaffNames, zone: ZoneInfo) -> GateRow:
    found = form.proof(proof)
    return GateRow(
        proof=proof,
        at=found.happened_at.astimezone(zone) if found else None,
        by=names[found.by] if found and found.by else None,
        recorded_by=names[found.recorded_by] if found else None,
        reference=found.reference if found else "",
    )


def printed(page: RequestPage) -> Iterator[str]:
    """Yield a request and its story as plain lines, for paper and the command line."""
    row = page.row
    amount = _("{yuan} 元").format(yuan=yuan(row.amount_fen)) if row.amount_fen else ""
    kind = f"{row.kind} {amount}".strip()
    yield _("特殊需求 {number}  {kind}").format(number=row.number, kind=kind)
    customer = f"{tier_and_grade(row.tier, row.grade)} {page.name} {page.phone}".strip()
    yield _("客户  {customer}").format(customer=customer)
    yield _("现在  {state}").format(state=term(row.result) if row.result else term(row.state))
    if page.form:
        yield _("方案  {solution}（{who}）").format(
            solution=page.form.solution, who=page.form.superior
        )
    yield ""
    for line in page.story:
        yield story_text(line)
        yield from (f"             {text}" for text in line.words)


def story_text(line: StoryLine) -> str:
    """Return what happened on one line: when, what, how, who, from where, how it was taken."""
    parts = [
        f"{line.at:%m-%d %H:%M}",
        request_event_word(line.event),
        line.detail,
        f"{line.who.name} {line.who.staff_id}".strip(),
        line.device,
        term(line.mood) if line.mood else "",
        term(line.confirmation) if line.confirmation else "",
        _("有争议，待核实") if line.disputed else "",
    ]
    return "  ".join(part for part in parts if part)
