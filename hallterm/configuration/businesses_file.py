"""Checks `businesses.toml` and puts each business together with the documents it names."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.positions import Key
from hallterm.configuration.problems import Problem, give_up, unknown_key
from hallterm.configuration.reading import Table
from hallterm.domain.business import Business, Businesses, Document
from hallterm.words import _

_DOCUMENT_LISTS = {"documents": False, "agent_documents": True}
"""Keys of a business that list documents, and whether only an agent must bring them."""


def businesses_of(table: Table) -> Businesses:
    """Make the businesses of a hall from the file, in its order.

    Raises:
        ConfigurationProblems: A value is missing, unknown, doubled or of the wrong kind.
    """
    return _Reader(table).read()


class _Reader:
    """Reads one file and gathers every problem before it gives up."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._problems: list[Problem] = []

    def read(self) -> dict[str, Business]:
        for name in self._table.values:
            if name not in {"business", "document"}:
                self._add((name,), *unknown_key(name, ["business", "document"]))
        names = self._document_names()
        businesses = [
            (place, business)
            for place, entry in self._entries()
            if (business := self._business(place, entry, names)) is not None
        ]
        self._refuse_twice("id", [(place, entry.id) for place, entry in businesses])
        self._refuse_twice("code", [(place, entry.code) for place, entry in businesses])
        if self._problems:
            give_up(*self._problems)
        return {business.id: business for _place, business in businesses}

    def _add(self, key: Key, message: str, remedy: str) -> None:
        self._problems.append(self._table.problem(key, message, remedy))

    def _document_names(self) -> dict[str, str]:
        """Read the ``[document.…]`` tables: id → name."""
        tables = self._table.values.get("document", {})
        if not isinstance(tables, dict):
            self._add(("document",), _("证件的写法不对"), _("写成 [document.名字] 一节"))
            return {}
        names: dict[str, str] = {}
        for ident, values in tables.items():
            key: Key = ("document", ident)
            if not isinstance(values, dict):
                self._add(key, _("证件的写法不对"), _("写成 [document.名字] 一节"))
                continue
            for extra in values.keys() - {"name"}:
                self._add((*key, extra), *unknown_key(extra, ["name"]))
            known = {name: value for name, value in values.items() if name == "name"}
            try:
                document = Document.model_validate({"id": ident, **known}, strict=True)
            except ValidationError as wrong:
                self._problems += complaints(self._table, wrong, Document, key)
                names[ident] = ident  # it is written down, so businesses may name it
                continue
            if document.name in names.values():
                self._add((*key, "name"), _("另一种证件也叫这个名称"), _("换一个分得清的名称"))
            names[ident] = document.name
        return names

    def _entries(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        entries = self._table.values.get("business")
        if not isinstance(entries, list) or not entries:
            self._add(("business",), _("一项业务也没有"), _("每项业务写成 [[business]] 一节"))
            return
        for place, entry in enumerate(entries):
            if isinstance(entry, dict):
                yield place, entry
            else:
                self._add(
                    ("business", place), _("业务的写法不对"), _("每项业务写成 [[business]] 一节")
                )

    def _business(
        self, place: int, entry: Mapping[str, Any], names: Mapping[str, str]
    ) -> Business | None:
        key: Key = ("business", place)
        documents: list[Document] = []
        for list_name, only_for_agent in _DOCUMENT_LISTS.items():
            for ident in self._idents((*key, list_name), entry.get(list_name, []), names):
                if all(document.id != ident for document in documents):
                    documents.append(
                        Document.model_construct(
                            id=ident, name=names[ident], only_for_agent=only_for_agent
                        )
                    )
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in entry.items()
            if name not in _DOCUMENT_LISTS
        }
        try:
            return Business.model_validate({**values, "documents": tuple(documents)}, strict=True)
        except ValidationError as wrong:
            self._problems += complaints(self._table, wrong, Business, key)
            return None

    def _idents(self, key: Key, listed: object, names: Mapping[str, str]) -> Iterator[str]:
        """Give the documents of one list that exist."""
        if not isinstance(listed, list):
            self._add(key, _("证件的写法不对"), _('写成列表，例如 ["id_card"]'))
            return
        for place, ident in enumerate(listed):
            if isinstance(ident, str) and ident in names:
                if ident in listed[:place]:
                    self._add((*key, place), _("同一种证件写了两次"), _("删去一处"))
                yield ident
                continue
            near = get_close_matches(str(ident), names, n=1)
            self._add(
                (*key, place),
                _("没有叫 {ident} 的证件").format(ident=str(ident)[:40]),
                _("也许是 {name}").format(name=near[0])
                if near
                else _("在文件前面加上 [document.{ident}] 一节").format(ident=str(ident)[:40]),
            )

    def _refuse_twice(self, name: str, used: list[tuple[int, str]]) -> None:
        first: dict[str, int] = {}
        for place, value in used:
            if value in first:
                line = self._table.lines["business", first[value], name]
                self._add(
                    ("business", place, name),
                    _("{value} 在第 {line} 行已经用过").format(value=value, line=line),
                    _("换一个没用过的"),
                )
            first.setdefault(value, place)
