"""Checks `standards.toml`: every value for itself, then the promises against each other."""

from pydantic import ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.positions import Key
from hallterm.configuration.problems import Problem, give_up
from hallterm.configuration.reading import Table
from hallterm.domain.standards import Budgets, Standards
from hallterm.words import _


def standards_of(table: Table) -> Standards:
    """Make the standards of a hall from the file.

    Raises:
        ConfigurationProblems: A value is missing, unknown, out of range or contradicts another.
    """
    try:
        standards = Standards.model_validate(table.values, strict=True)
    except ValidationError as wrong:
        give_up(*complaints(table, wrong, Standards))
    if problems := _contradictions(table, standards.budgets):
        give_up(*problems)
    return standards


def _minutes(name: str) -> Key:
    return ("budgets", name, "minutes")


def _contradictions(table: Table, budgets: Budgets) -> list[Problem]:
    """Find promises that can't be meant: VIP is received before served, and tiers keep order."""
    problems = []
    vip, gotone = budgets.vip_service.minutes, budgets.gotone_service.minutes
    if budgets.vip_reception.minutes >= vip:
        problems.append(
            table.problem(
                _minutes("vip_reception"),
                _("接待时限 {reception} 分钟不短于办理时限 {service} 分钟").format(
                    reception=budgets.vip_reception.minutes, service=vip
                ),
                _("先接待、后办理：写成小于 {service} 的数").format(service=vip),
            )
        )
    if vip > gotone:
        problems.append(_out_of_order(table, "gotone_service", gotone, vip))
    if gotone > budgets.standard_service.minutes:
        problems.append(
            _out_of_order(table, "standard_service", budgets.standard_service.minutes, gotone)
        )
    return problems


def _out_of_order(table: Table, name: str, minutes: int, higher: int) -> Problem:
    return table.problem(
        _minutes(name),
        _("{minutes} 分钟比上一级客户的 {higher} 分钟还短").format(minutes=minutes, higher=higher),
        _("级别高的先办：写成不小于 {higher} 的数，或缩短上一级的时限").format(higher=higher),
    )
