"""Decisions of the company stream: set-up, accounts, sign-in."""

from datetime import timedelta
from math import ceil

from hallterm.domain.actor import Circumstances
from hallterm.domain.company import commands as cmd
from hallterm.domain.company import events as ev
from hallterm.domain.company.state import StaffMember
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.rulebook import read_rulebook

Answer = tuple[ev.ConfigurationEvent | ev.StaffEvent, ...] | Refusal


def publish(rules: Rules, command: cmd.PublishRules, _: Circumstances) -> Answer:
    """Make a rulebook hold everywhere; one that holds already is not published again."""
    held = rules.company.rulebooks
    if held and held[-1].digest == command.digest:
        return ()
    try:
        rulebook = read_rulebook(command.text)
    except ValueError:
        return refuse("rules_unreadable")
    if rulebook.digest != command.digest:
        return refuse("rules_unreadable")
    return (ev.RulesPublished(digest=command.digest, text=command.text),)


def found(rules: Rules, command: cmd.FoundHall, _: Circumstances) -> Answer:
    """Set the hall up, once."""
    if rules.company.hall:
        return refuse("hall_exists", name=rules.company.hall.name)
    if command.profile.closes <= command.profile.opens:
        return refuse("hours_reversed")
    return (ev.HallFounded(profile=command.profile),)


def define_counter(rules: Rules, command: cmd.DefineCounter, _: Circumstances) -> Answer:
    """Add or change a counter; numbers above counters are unique."""
    counter = command.counter
    for other in rules.company.counters.values():
        if other.number == counter.number and other.id != counter.id:
            return refuse("counter_number_used", number=counter.number)
    if rules.company.counters.get(counter.id) == counter:
        return ()
    return (ev.CounterDefined(counter=counter),)


def retire_counter(rules: Rules, command: cmd.RetireCounter, _: Circumstances) -> Answer:
    """Take a counter out of use."""
    if command.counter_id not in rules.company.counters:
        return refuse("unknown_counter", counter=command.counter_id)
    return (ev.CounterRetired(counter_id=command.counter_id),)


def set_hours(_: Rules, command: cmd.SetHours, __: Circumstances) -> Answer:
    """Change the opening hours."""
    if command.closes <= command.opens:
        return refuse("hours_reversed")
    return (ev.HoursSet(opens=command.opens, closes=command.closes),)


def offer(rules: Rules, command: cmd.OfferBusinesses, _: Circumstances) -> Answer:
    """Say which businesses the hall does."""
    for business_id in command.business_ids:
        if business_id not in rules.businesses:
            return refuse("unknown_business", business=business_id)
    return (ev.BusinessesOffered(business_ids=tuple(dict.fromkeys(command.business_ids))),)


def choose_policy(rules: Rules, command: cmd.ChoosePolicy, _: Circumstances) -> Answer:
    """Say how the hall decides who is next."""
    chosen = rules.company.dispatch
    if command.rules == (chosen.rules if chosen else rules.standards.dispatch):
        return ()
    return (ev.PolicyChosen(rules=command.rules),)


def hire(rules: Rules, command: cmd.HireStaff, _: Circumstances) -> Answer:
    """Open an account; a machine's role is not for people."""
    known = rules.company.staff.get(command.staff_id)
    if known and known.active:
        return refuse("staff_exists", staff=command.staff_id)
    if Role.KIOSK in command.roles:
        return refuse("role_for_machines")
    return (ev.StaffHired(staff_id=command.staff_id, roles=command.roles),)


def give_roles(rules: Rules, command: cmd.GiveRoles, _: Circumstances) -> Answer:
    """Change an account's roles; one administrator must remain."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return member
    if Role.KIOSK in command.roles:
        return refuse("role_for_machines")
    if Role.ADMINISTRATOR not in command.roles and _last_administrator(rules, member):
        return refuse("last_administrator")
    return (ev.RolesGiven(staff_id=member.staff_id, roles=command.roles),)


def rename_staff(rules: Rules, command: cmd.RenameStaff, _: Circumstances) -> Answer:
    """Put right how somebody is called."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return member
    return (ev.StaffRenamed(staff_id=member.staff_id),)


def retire_staff(rules: Rules, command: cmd.RetireStaff, _: Circumstances) -> Answer:
    """Close an account; one administrator must remain."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return member
    if _last_administrator(rules, member):
        return refuse("last_administrator")
    return (ev.StaffRetired(staff_id=member.staff_id),)


def change_pin(rules: Rules, command: cmd.ChangePin, where: Circumstances) -> Answer:
    """Set a PIN: one's own, or another's as administrator."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return member
    own = where.actor.staff_id == member.staff_id
    if not own and not where.actor.is_one_of(cmd.ADMINISTRATORS):
        return refuse("not_allowed", command="ChangePin")
    return (ev.PinChanged(staff_id=member.staff_id),)


def sign_in(rules: Rules, command: cmd.SignIn, where: Circumstances) -> Answer:
    """Judge a PIN. A locked account stays locked whatever PIN is shown (S4 §4.1)."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return refuse("wrong_pin", left=0)
    if member.locked_until and where.at < member.locked_until:
        left = (member.locked_until - where.at).total_seconds()
        return refuse("account_locked", seconds=ceil(left))
    if command.pin_right:
        return (ev.SignedIn(staff_id=member.staff_id, purpose=command.purpose),)
    limits = rules.standards.sign_in
    too_many = member.wrong_pins + 1 >= limits.wrong_pins
    until = where.at + timedelta(minutes=limits.lock_minutes) if too_many else None
    return (ev.SignInFailed(staff_id=member.staff_id, locked_until=until),)


def sign_out(rules: Rules, command: cmd.SignOut, where: Circumstances) -> Answer:
    """Leave the terminal."""
    member = _active(rules, command.staff_id)
    if isinstance(member, Refusal):
        return member
    if where.actor.staff_id != member.staff_id:
        return refuse("not_allowed", command="SignOut")
    return (ev.SignedOut(staff_id=member.staff_id),)


def _active(rules: Rules, staff_id: str) -> StaffMember | Refusal:
    member = rules.company.staff.get(staff_id)
    if member is None or not member.active:
        return refuse("unknown_staff", staff=staff_id)
    return member


def _last_administrator(rules: Rules, member: StaffMember) -> bool:
    others = (m for m in rules.company.active_staff() if m.staff_id != member.staff_id)
    is_one = Role.ADMINISTRATOR in member.roles
    return is_one and not any(Role.ADMINISTRATOR in m.roles for m in others)
