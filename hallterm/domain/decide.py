"""The one door to the rules: a command in, events or a refusal out."""

from collections.abc import Callable
from typing import Any

from hallterm.domain.actor import Circumstances
from hallterm.domain.appointment import commands as appointment
from hallterm.domain.call_back import commands as call_back
from hallterm.domain.checklist import commands as checklist
from hallterm.domain.company import commands as company
from hallterm.domain.counter import commands as counter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.decisions import appointment as booking
from hallterm.domain.decisions import call_back as calling_back
from hallterm.domain.decisions import checklist as checking
from hallterm.domain.decisions import (
    closing,
    diversion,
    issue,
    numbering,
    office,
    office_keys,
    reporting,
    seating,
    service,
)
from hallterm.domain.decisions import errand as going
from hallterm.domain.decisions import reception as receiving
from hallterm.domain.decisions.arrival import with_appointments
from hallterm.domain.decisions.checks import permission, with_present_roles
from hallterm.domain.decisions.following import with_receptions
from hallterm.domain.decisions.requests import REQUEST_DECISIONS
from hallterm.domain.disputes import SettleCompanyDispute, SettleDispute
from hallterm.domain.errand import commands as errand
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.numbering import LeaseNumbers
from hallterm.domain.reception import commands as reception
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command, Event
from hallterm.domain.ticket import commands as ticket

Answer = tuple[Event, ...] | Refusal

HALL_DECISIONS: dict[type[Command], Callable[[Hall, Any, Circumstances, Rules], Answer]] = {
    ticket.TakeTicket: issue.take,
    ticket.ChangeTier: issue.change_tier,
    ticket.ReceiveCustomer: issue.receive,
    ticket.ReportBack: issue.report_back,
    ticket.CallTicket: service.call,
    ticket.RecallTicket: service.recall,
    ticket.StartService: service.start,
    ticket.ParkService: service.park,
    ticket.ResumeService: service.resume,
    ticket.PassOver: service.pass_over,
    ticket.TransferTicket: service.transfer,
    ticket.FinishService: service.finish,
    ticket.RateService: service.rate,
    ticket.CustomerLeft: closing.leave,
    ticket.UndoAction: closing.undo,
    ticket.SettleTicket: closing.settle,
    ticket.OfferDiversion: diversion.offer,
    ticket.AnswerDiversion: diversion.answer,
    call_back.AssignCallBack: calling_back.assign,
    call_back.NoteNoAnswer: calling_back.no_answer,
    call_back.NoteCalledBack: calling_back.called_back,
    call_back.UndoCallBack: calling_back.undo,
    OpenDay: closing.open_day,
    CloseDay: closing.close_day,
    counter.TakeCounter: seating.take,
    counter.PauseCounter: seating.pause,
    counter.ReopenCounter: seating.reopen,
    counter.ReleaseCounter: seating.release,
    reception.SetRoster: receiving.set_roster,
    reception.EscalateReception: receiving.escalate,
    reception.AcceptReception: receiving.accept,
    reception.ReleaseReception: receiving.release,
    reception.GuideTo: receiving.guide,
    reception.CloseReception: receiving.close,
    reception.ReopenReception: receiving.reopen,
    LeaseNumbers: numbering.lease,
    SettleDispute: reporting.settle,
    checklist.StartChecklist: checking.start,
    checklist.TickSteps: checking.tick,
    checklist.SkipStep: checking.skip,
    checklist.UndoStep: checking.undo,
    checklist.EndChecklist: checking.end,
    appointment.BookAppointment: booking.book,
    appointment.ChangeAppointment: booking.change,
    appointment.NoteLate: booking.note_late,
    appointment.MissAppointment: booking.miss,
    appointment.CancelAppointment: booking.cancel,
    appointment.UndoAppointment: booking.undo,
    errand.PlanErrand: going.plan,
    errand.AssignErrand: going.assign,
    errand.CallAhead: going.call_ahead,
    errand.DepartErrand: going.depart,
    errand.FinishErrand: going.finish,
    errand.MissErrand: going.miss,
    errand.RebookErrand: going.rebook,
    errand.CancelErrand: going.cancel,
    errand.UndoErrand: going.undo,
}

COMPANY_DECISIONS: dict[type[Command], Callable[[Rules, Any, Circumstances], Answer]] = {
    company.PublishRules: office.publish,
    company.FoundHall: office.found,
    company.DefineCounter: office.define_counter,
    company.RetireCounter: office.retire_counter,
    company.SetHours: office.set_hours,
    company.OfferBusinesses: office.offer,
    company.ChoosePolicy: office.choose_policy,
    company.AddOfficeKey: office_keys.add,
    company.RetireOfficeKey: office_keys.retire,
    company.HireStaff: office.hire,
    company.GiveRoles: office.give_roles,
    company.RenameStaff: office.rename_staff,
    company.RetireStaff: office.retire_staff,
    company.ChangePin: office.change_pin,
    company.SignIn: office.sign_in,
    company.SignOut: office.sign_out,
    SettleCompanyDispute: reporting.settle_in_company,
    **REQUEST_DECISIONS,
}


def decide(hall: Hall, command: Command, where: Circumstances, rules: Rules) -> Answer:
    """Answer a command to the hall stream or the company stream."""
    where = with_present_roles(where, rules.company)
    refused = permission(command, where)
    if refused:
        return refused
    for_hall = HALL_DECISIONS.get(type(command))
    if for_hall:
        answer = for_hall(hall, command, where, rules)
        if isinstance(answer, Refusal):
            return answer
        return with_receptions(hall, with_appointments(hall, answer, rules), where, rules)
    return COMPANY_DECISIONS[type(command)](rules, command, where)


def keep_report(
    hall: Hall,
    command: Command,
    command_id: str,
    refusal: Refusal,
    where: Circumstances,
    rules: Rules,
) -> tuple[Event, ...]:
    """Return what a home writes of a report that the rules refuse."""
    if command.stream == "company":
        return reporting.keep_in_company(command, command_id, refusal, rules)
    where = with_present_roles(where, rules.company)
    kept = reporting.keep(hall, command, command_id, refusal, where, rules)
    return with_receptions(hall, with_appointments(hall, kept, rules), where, rules)
