"""Checks the files of `checklists/`: every value for itself, then the steps against each other."""

import json
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.positions import Key
from hallterm.configuration.problems import ConfigurationProblems, Problem, give_up
from hallterm.configuration.reading import Table
from hallterm.domain.business import Businesses
from hallterm.domain.checklist.template import (
    Attachment,
    ChecklistTemplate,
    Choice,
    Condition,
    Step,
)
from hallterm.domain.checklist.words import Asks, StartsWith, StepKind
from hallterm.domain.ticket.words import Outcome
from hallterm.domain.tiers import Tier
from hallterm.words import _


def checklist_of(table: Table) -> ChecklistTemplate:
    """Make a checklist from its file.

    Raises:
        ConfigurationProblems: A value is missing, unknown or wrong, a step or choice is there
            twice, or a condition can never hold.
    """
    # By way of JSON, in which words for closed sets and times of day are plain text as in TOML.
    text = json.dumps(dict(table.values), default=_strange)
    try:
        template = ChecklistTemplate.model_validate_json(text, strict=True)
    except ValidationError as wrong:
        give_up(*_complaints(table, wrong))
    if problems := [
        *_twice(table, template),
        *_steps(table, template),
        *_attached(table, template),
    ]:
        give_up(*problems)
    return template


def checklists_of(
    tables: Iterable[Table], businesses: Businesses | None
) -> dict[str, ChecklistTemplate]:
    """Make all checklists, by id, in the order of the files.

    Raises:
        ConfigurationProblems: What `checklist_of` finds in any of them; two have the same id; one
            names a business that the hall does not know (None: not known which there are).
    """
    made: dict[str, ChecklistTemplate] = {}
    problems: list[Problem] = []
    for table in tables:
        try:
            template = checklist_of(table)
        except ConfigurationProblems as found:
            problems += found.problems
            continue
        if template.id in made:
            message = _("另一个文件里也有叫 {id} 的步骤单").format(id=template.id)
            problems.append(table.problem(("id",), message, _("换一个没用过的")))
        if businesses is not None:
            problems += _unknown_businesses(table, template, businesses)
        made[template.id] = template
    if problems:
        give_up(*problems)
    return made


def _strange(value: object) -> dict[str, str]:
    return {"toml": str(value)}  # a date or time of TOML's own: no key wants one


def _complaints(table: Table, wrong: ValidationError) -> Iterator[Problem]:
    """Turn what the model refused into problems, with words of their own for closed sets."""
    told = complaints(table, wrong, ChecklistTemplate)
    for problem, error in zip(told, wrong.errors(include_url=False), strict=True):
        value = str(error["input"])[:30]
        match error["type"]:
            case "enum":
                known = str(error.get("ctx", {}).get("expected", "")).replace("'", "")
                message = _("“{value}”不在可选的之列").format(value=value)
                remedy = _("可以写：{names}").format(names=known.replace(" or ", ", "))
            case "time_parsing" | "time_type":
                message = _("“{value}”不是时刻").format(value=value)
                remedy = _('写成加引号的时和分，例如 "08:30"')
            case "too_short" if error["input"]:
                continue  # only because every item of the list is wrong, which is told
            case "too_short":
                message, remedy = _("没有内容"), _("至少写一项")
            case "too_long":
                most = error.get("ctx", {}).get("max_length", 0)
                message = _("项数太多")
                remedy = _("不超过 {most} 项").format(most=most)
            case _:
                message, remedy = problem.message, problem.remedy
        yield Problem(problem.file, problem.line, problem.key, message, remedy)


def _twice(table: Table, template: ChecklistTemplate) -> Iterator[Problem]:
    yield from _repeated(table, [(("steps", n), s.id) for n, s in enumerate(template.steps)])
    for place, step in enumerate(template.steps):
        here: Key = ("steps", place, "choices")
        yield from _repeated(table, [((*here, n), c.id) for n, c in enumerate(step.choices)])


def _repeated(table: Table, used: list[tuple[Key, str]]) -> Iterator[Problem]:
    first: dict[str, Key] = {}
    for key, value in used:
        if value in first:
            line = table.lines[(*first[value], "id")]
            message = _("{value} 在第 {line} 行已经用过").format(value=value, line=line)
            yield table.problem((*key, "id"), message, _("换一个没用过的"))
        first.setdefault(value, key)


def _steps(table: Table, template: ChecklistTemplate) -> Iterator[Problem]:
    for place, step in enumerate(template.steps):
        key: Key = ("steps", place)
        if (step.kind is StepKind.TICK) != (not step.choices):
            message = _("步骤的种类和选项对不上")
            remedy = _('有选项的写 kind = "choice" 或 "several"，没有的不写')
            yield table.problem((*key, "choices" if step.choices else "kind"), message, remedy)
        if step.remember and not step.choices:
            message, remedy = _("没有选项，下次来没有可看的"), _("加上选项，或删去这一项")
            yield table.problem((*key, "remember"), message, remedy)
        if step.done_by or any(choice.outcomes for choice in step.choices):
            yield from _by_itself(table, key, step, template)
        if step.asks is Asks.PLACE and template.starts is not StartsWith.RECEPTION:
            message = _("只有随接待开始的步骤单能问引到哪里")
            yield table.problem(
                (*key, "asks"), message, _('写上 starts = "reception"，或删去这一项')
            )
        if step.asks and step.choices:
            message = _("有选项的步骤不能再问引到哪里")
            yield table.problem((*key, "asks"), message, _("删去选项，或删去这一项"))
        if step.when is not None:
            yield from _condition(table, (*key, "when"), step.when, template.steps[:place])


def _by_itself(
    table: Table, key: Key, step: Step, template: ChecklistTemplate
) -> Iterator[Problem]:
    """Check a step that the end of the service ticks, and what each outcome is answered with."""
    attach = template.attach
    of_ticket = template.starts is StartsWith.RECEPTION or attach.tiers or attach.businesses
    if step.done_by and not of_ticket:
        message = _("这份步骤单不跟号票走，没有窗口会办结它")
        remedy = _('写上 starts = "reception" 或在 [attach] 里写级别或业务，或删去这一项')
        yield table.problem((*key, "done_by"), message, remedy)
    if step.done_by and step.asks:
        message = _("要问引到哪里的步骤不能自动勾")
        yield table.problem((*key, "done_by"), message, _("两项里删去一项"))
    if step.done_by and step.choices and not any(choice.outcomes for choice in step.choices):
        message = _("没有一个选项写着对应的办理结果")
        remedy = _('在选项里写上，例如 outcomes = ["completed"]')
        yield table.problem((*key, "done_by"), message, remedy)
    used: dict[Outcome, str] = {}
    for place, choice in enumerate(step.choices):
        yield from _outcomes(table, (*key, "choices", place, "outcomes"), step, choice, used)


def _outcomes(
    table: Table, key: Key, step: Step, choice: Choice, used: dict[Outcome, str]
) -> Iterator[Problem]:
    """Check the outcomes of one choice; `used` collects which choice has each of them."""
    if choice.outcomes and not step.done_by:
        message = _("只有自动勾的步骤才看办理结果")
        yield table.problem(key, message, _('给这一步写上 done_by = "service"，或删去这一项'))
    if choice.outcomes and choice.books:
        message = _("要当场约下次的选项不能自动选")
        yield table.problem(key, message, _("删去 outcomes 或 books"))
    for place, outcome in enumerate(choice.outcomes):
        if outcome in used:
            message = _("办理结果 {outcome} 已经归了选项 {choice}")
            told = message.format(outcome=outcome.value, choice=used[outcome])
            yield table.problem((*key, place), told, _("一种结果只写在一个选项里"))
        used.setdefault(outcome, choice.id)


def _condition(
    table: Table, key: Key, when: Condition, earlier: tuple[Step, ...]
) -> Iterator[Problem]:
    if when == Condition():
        yield table.problem(key, _("条件是空的"), _("写上条件，或删去这一节"))
    if when.grades and when.tiers and Tier.VIP not in when.tiers:
        message = _("只有 VIP 客户有卡别，这个条件永远不成立")
        yield table.problem((*key, "grades"), message, _("删去卡别，或在级别里加上 vip"))
    if (when.step is None) != (not when.choices):
        message = _("前面的步骤和选项要一起写")
        named = "choices" if when.step is None else "step"
        yield table.problem((*key, named), message, _('写成 step = "…"，choices = ["…"]'))
    elif when.step is not None:
        yield from _answer(table, key, when, earlier)


def _answer(
    table: Table, key: Key, when: Condition, earlier: tuple[Step, ...]
) -> Iterator[Problem]:
    step = next((step for step in earlier if step.id == when.step), None)
    if step is None:
        names = ", ".join(s.id for s in earlier if s.choices) or _("没有")
        message = _("前面没有叫 {step} 的步骤").format(step=when.step)
        remedy = _("条件只能看前面有选项的步骤：{names}").format(names=names)
        yield table.problem((*key, "step"), message, remedy)
        return
    known = [choice.id for choice in step.choices]
    for place, choice in enumerate(when.choices):
        if choice not in known:
            message = _("步骤 {step} 没有选项 {choice}").format(step=step.id, choice=choice)
            remedy = _("可以写：{names}").format(names=", ".join(known) or _("没有"))
            yield table.problem((*key, "choices", place), message, remedy)


def _attached(table: Table, template: ChecklistTemplate) -> Iterator[Problem]:
    opens, closes = template.attach.opens, template.attach.closes
    if (opens is None) != (closes is None):
        name = "opens" if opens else "closes"
        message = _("开始和结束的时刻要一起写")
        yield table.problem(("attach", name), message, _('写成 opens = "…"，closes = "…"'))
    elif opens and closes and closes <= opens:
        message = _("结束的时刻不晚于开始")
        yield table.problem(("attach", "closes"), message, _("写一个更晚的时刻"))


def _unknown_businesses(
    table: Table, template: ChecklistTemplate, businesses: Businesses
) -> Iterator[Problem]:
    listed: list[tuple[Key, Attachment | Condition]] = [(("attach",), template.attach)]
    listed += [
        (("steps", place, "when"), step.when)
        for place, step in enumerate(template.steps)
        if step.when
    ]
    for key, holder in listed:
        for place, business in enumerate(holder.businesses):
            if business not in businesses:
                message = _("没有 {business} 这项业务").format(business=business)
                remedy = _("写业务文件里的 id")
                yield table.problem((*key, "businesses", place), message, remedy)
