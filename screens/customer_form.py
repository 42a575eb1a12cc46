"""Entering a customer, or changing one: a sheet of fields, each with its own words of refusal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from hallterm.domain.person.cleaning import IDENTIFIERS, LENGTHS, clean, clean_field, complete
from hallterm.domain.person.commands import PrivilegedReason
from hallterm.domain.person.details import PRIVILEGED, SECRET, ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.screens.cells import plain
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.commands.form import FORM_KEYS, FormState
from hallterm.screens.customer_fields import CHOICE_FIELDS, FORM_FIELDS, guess, options_of
from hallterm.screens.customer_words import changed_since
from hallterm.screens.dialog import Dialog
from hallterm.screens.reasons import ask_reason
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.choice_row import ChoiceRow
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.text_field import TextField
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.refusals import explain, field_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.persons import PersonView
    from hallterm.screens.customer_work import CustomerWork

_LONGEST_NUMBER = 60
"""Characters a number's field takes, with all the blanks and dashes people write."""
_EMPTY = frozenset({"-", "－", "无"})
"""Typed into a number's field: the number goes."""
_ONE_OF = frozenset({"name", *IDENTIFIERS})
"""Fields of which a new customer needs at least one."""
_PROBLEMS = ("_wrong", "_taken", "_needs_vip")


class CustomerForm(Dialog["PersonView | None", FormState]):
    """Answers the customer as entered or changed, or None.

    view: the record to change; None: a new customer.
    typed: what was looked for in vain, put where it belongs.
    """

    KEYS = (*FORM_KEYS, CANCEL)
    CSS_PATH = [sheet("form"), sheet("customer")]  # noqa: RUF012 - Textual declares it

    def __init__(
        self, work: "CustomerWork", view: "PersonView | None" = None, typed: str = ""
    ) -> None:
        title = (
            _("新客户     * 必填   + 至少填一项")
            if view is None
            else _("修改：{name}").format(name=view.name)
        )
        super().__init__(title)
        self._work = work
        self._view = view
        self._first = self._initial(guess(typed) if view is None else {})
        self._stale = False
        self._lacking: set[str] = set()
        self._told = False  # whether the news says that fields are wrong

    def _initial(self, typed: Mapping[str, str]) -> dict[str, str]:
        view = self._view
        if view is None:
            return {"kind": "individual", **typed}
        values: dict[str, str] = {}
        for name in FORM_FIELDS:
            value = getattr(view, name)
            if name in SECRET:
                value = ""
            elif isinstance(value, bool):
                value = "yes" if value else "no"
            values[name] = str(value or "")
        return values

    @property
    def state(self) -> FormState:
        """Where the person is."""
        fields = [field for _name, field in self._fields()]
        return FormState(bool(fields) and self.focused is fields[-1])

    def digits_mean(self) -> str:
        """Digits choose on a line of choices and are text elsewhere."""
        return _("选第几项") if isinstance(self.focused, ChoiceRow) else _("文字")

    def compose_body(self) -> ComposeResult:
        """Yield a line for each field, and for a new customer the consent."""
        yield Static(id="meanwhile", markup=False)
        for name in FORM_FIELDS:
            mark = " +" if self._view is None and name in _ONE_OF else ""
            yield from self._row(name, field_word(name) + mark, self._field(name))
        if self._view is None:
            ways = [Choice(way.value, term(way)) for way in ConsentWay]
            purposes = [Choice(purpose.value, term(purpose)) for purpose in ConsentPurpose]
            yield from self._row("way", _("同意方式") + " *", _choices("way", ways, ""))
            chosen = ConsentPurpose.SERVICE.value
            yield from self._row(
                "purpose", _("告知用途") + " *", _choices("purpose", purposes, chosen)
            )

    def _row(self, name: str, label: str, field: Widget) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Static(f" {label}", classes="label", markup=False)
            yield field
            yield Static(id=f"problem-{name}", classes="problem", markup=False)

    def _field(self, name: str) -> Widget:
        value = self._first.get(name, "")
        if name in CHOICE_FIELDS:
            return _choices(name, options_of(name), value)
        field = TextField(
            self._placeholder(name), longest=LENGTHS.get(name, _LONGEST_NUMBER), id=f"field-{name}"
        )
        field.value = plain(value)
        return field

    def _placeholder(self, name: str) -> str:
        masked = getattr(self._view, name, "") if name in SECRET else ""
        return _("空不改，-去掉 {masked}").format(masked=masked) if masked else ""

    def on_mount(self) -> None:
        """Begin at the first field that a person has to fill in."""
        super().on_mount()
        empty = (name for name in FORM_FIELDS if not self._first.get(name))
        self._field_of(next(empty, "name") if self._view is None else "name").focus()

    # Moving

    def _fields(self) -> Iterator[tuple[str, "TextField | ChoiceRow"]]:
        for widget in self.query(".row > *"):
            if isinstance(widget, TextField | ChoiceRow):
                yield _name_of(widget), widget

    def _field_of(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}")

    async def do_next(self) -> None:
        """Go to the next field."""
        self._step(1)

    async def do_previous(self) -> None:
        """Go to the field before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        fields = [field for _name, field in self._fields()]
        here = next((i for i, field in enumerate(fields) if field is self.focused), 0)
        fields[(here + by) % len(fields)].focus()

    @on(Input.Submitted)
    @on(ChoiceRow.Submitted)
    def entered(self) -> None:
        """Go on with Enter."""
        self._step(1)

    # Judging fields

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Say what digits do in this field."""
        self.refresh_keys()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Judge a field that was left."""
        if isinstance(event.widget, TextField):
            self._judge(event.widget)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Take a complaint away as soon as it no longer holds."""
        field = event.input
        if isinstance(field, TextField) and self._complaint(_name_of(field)):
            self._judge(field)
        self._forgive()

    @on(ChoiceRow.Changed)
    def chosen(self, event: ChoiceRow.Changed) -> None:
        """Take a complaint away."""
        self._complain(_name_of(event.row), "")
        self._forgive()

    def _forgive(self) -> None:
        """Take away what another field has put right, and the news with the last complaint."""
        lacks = self._lacks() if self._lacking else {}
        for name in self._lacking - lacks.keys():
            field = self._field_of(name)
            if not isinstance(field, TextField) or self._judge(field):
                self._complain(name, "")
        self._lacking &= lacks.keys()
        if self._told and not any(self._complaint(name) for name, _field in self._fields()):
            self._told = False
            self.unsay()

    def _lacks(self) -> dict[str, str]:
        """Return what a new customer lacks as a whole: field → words."""
        if self._view is not None:
            return {}
        raw = self._edited()
        lacks = {}
        problem = complete(clean(raw).values)
        # A number that can't be read has its own complaint.
        if problem and not (problem.code == "person_empty" and _ONE_OF.intersection(raw)):
            empty = problem.code == "person_empty"
            words = _("带 + 的至少填一项") if empty else explain(problem)
            lacks["grade" if problem.code == "grade_needs_vip" else "name"] = words
        if not self.query_one("#field-way", ChoiceRow).chosen:
            lacks["way"] = _("先说明用途，取得同意")
        return lacks

    def _complaint(self, name: str) -> str:
        return str(self.query_one(f"#problem-{name}", Static).content)

    def _complain(self, name: str, words: str) -> None:
        self.query_one(f"#problem-{name}", Static).update(plain(f"✗ {words}" if words else ""))

    def _judge(self, field: TextField) -> bool:
        name = _name_of(field)
        answer = clean_field(name, self._raw(name, field.text))
        wrong = isinstance(answer, Refusal)
        self._complain(name, explain(answer) if isinstance(answer, Refusal) else "")
        return not wrong

    @staticmethod
    def _raw(name: str, text: str) -> str:
        return "" if name in SECRET and text in _EMPTY else text

    # Saving

    def _edited(self) -> dict[str, str]:
        raw = {}
        for name, field in self._fields():
            if name not in FORM_FIELDS:
                continue
            text = field.text if isinstance(field, TextField) else "".join(field.chosen)
            touched = bool(text) if self._view is None else text != self._first[name]
            if touched:
                raw[name] = self._raw(name, text)
        return raw

    async def do_accept(self) -> None:
        """Judge every field, then hand the edited ones to the desk."""
        texts = [f for _name, f in self._fields() if isinstance(f, TextField)]
        wrong = {_name_of(field) for field in texts if not self._judge(field)}
        lacks = self._lacks()
        self._lacking = set(lacks)
        for name, words in lacks.items():
            self._complain(name, words)
        wrong |= self._lacking
        self._told = bool(wrong)
        if wrong:
            next(field for name, field in self._fields() if name in wrong).focus()
            words = _("有 {count} 项要改。").format(count=len(wrong))
            self.say(_("还没有客户的同意。") if wrong == {"way"} else words, Tone.REFUSED)
        elif self._view is None:
            await self._record()
        else:
            await self._change(self._view)

    async def _record(self) -> None:
        way = self.query_one("#field-way", ChoiceRow)
        purpose = ConsentPurpose(self.query_one("#field-purpose", ChoiceRow).chosen[0])
        view = await self.ask(self._work.record, self._edited(), ConsentWay(way.chosen[0]), purpose)
        if view is not None and not isinstance(view, Refusal):
            self.dismiss(view)

    async def _change(self, view: "PersonView") -> None:
        raw = self._edited()
        if not raw:
            self.say(_("什么也没有改。"))
            return
        reason = None
        if PRIVILEGED.intersection(raw) and self._work.may_change_tier:
            reason = await ask_reason(self.app, _("为什么调整级别、卡别或关注？"), PrivilegedReason)
            if reason is None:
                return
        self._stale = False
        answer = await self.ask(self._work.change, view.person_id, view.version, raw, reason)
        if answer is not None and not isinstance(answer, Refusal):
            self.dismiss(answer)
        elif self._stale:
            await self._catch_up(view)

    def refuse(self, refusal: Refusal) -> None:
        """Tell why, also beside the field that it is about."""
        super().refuse(refusal)
        self._stale = refusal.code == "person_changed_meanwhile"
        name = str(refusal.args.get("field", ""))
        for ending in _PROBLEMS:
            name = name or refusal.code.removesuffix(ending) * refusal.code.endswith(ending)
        if name in FORM_FIELDS:
            self._told = True
            self._complain(name, explain(refusal))
            self._field_of(name).focus()

    async def _catch_up(self, view: "PersonView") -> None:
        """Show what somebody else changed; what was typed here stays, to be saved knowingly."""
        file = await self.ask(self._work.file, view.person_id)
        if file is None or isinstance(file, Refusal):
            return
        edited = self._edited()
        words = changed_since(file.history, file.view, view.version, file.staff)
        self._view = file.view
        self._first = self._initial({})
        for name, field in self._fields():
            if name not in FORM_FIELDS or name in edited:
                continue
            if isinstance(field, TextField):
                field.value = plain(self._first[name])
            else:
                field.choose([self._first[name]])
        note = self.query_one("#meanwhile", Static)
        note.update(_(" 别人刚改过。{changes}").format(changes=plain(words)))
        note.add_class("-shown")
        self.say(_("没有保存：资料刚被别人改过。看过再按 F9 保存您的。"), Tone.REFUSED)


def _choices(name: str, options: Sequence[Choice[str]], chosen: str) -> ChoiceRow:
    return ChoiceRow(options, [chosen] if chosen else [], many=False, name=name)


def _name_of(widget: Widget) -> str:
    return (widget.id or "").removeprefix("field-")
