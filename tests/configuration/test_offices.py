"""The offices' file: addresses that can be written to, and everything wrong in it told."""

from pathlib import Path

import pytest

from hallterm.configuration import ConfigurationProblems
from hallterm.configuration.offices_file import OFFICES_FILE, Offices, load_offices


def test_the_program_comes_with_offices_without_addresses() -> None:
    offices = load_offices()
    assert offices.vip_office.name == "大客户服务室"
    assert all(offices.of(name).mail == [] for name in Offices.model_fields)


def test_the_operator_s_file_goes_before(tmp_path: Path) -> None:
    text = '[vip_office]\nname = "大客户室"\nmail = ["a@b.cn"]\n[hall]\nfax = "0731-1234567"'
    (tmp_path / OFFICES_FILE).write_text(text, "utf-8")
    offices = load_offices(tmp_path)
    assert offices.vip_office.mail == ["a@b.cn"]
    assert offices.hall.fax == "0731-1234567"
    assert offices.store_manager.name == "店面经理"


def test_an_unknown_office_is_none() -> None:
    with pytest.raises(KeyError):
        Offices().of("model_config")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[vip_office]\nmail = ["a@b.cn\\r\\nBcc: c@d.cn"]', "vip_office.mail"),
        ('[vip_office]\nmail = ["nobody"]', "vip_office.mail"),
        ('[hall]\nfax = "call me"', "hall.fax"),
        ('[vip_offices]\nname = "x"', "vip_offices"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / OFFICES_FILE).write_text(text, "utf-8")
    with pytest.raises(ConfigurationProblems) as caught:
        load_offices(tmp_path)
    (problem,) = caught.value.problems
    assert problem.key == key
