"""Settings of a terminal: environment over file over defaults, every bad value reported."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.configuration import ConfigurationProblems, Problem, load
from hallterm.configuration.mail_target import MailFolder, MailServer
from hallterm.configuration.printer_target import (
    DevicePrinter,
    FilePrinter,
    NetworkPrinter,
    read_printer,
)
from hallterm.settings import SETTINGS_FILE, load_settings

GOOD = """
store = "data/hall.db"
key = "/etc/hallterm/hall.key"
device = "窗口3"
printer = "tcp:192.168.1.50:9101"
language = "en"
theme = "high-contrast"
wide_ambiguous = true
"""


def environment(folder: Path, **variables: str) -> dict[str, str]:
    return {"HALLTERM_CONFIG": str(folder), **variables}


def problems(folder: Path, **variables: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationProblems) as caught:
        load_settings(environment(folder, **variables))
    return caught.value.problems


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = load_settings(environment(tmp_path))
    assert settings.store.is_absolute()
    assert settings.key == tmp_path / "hall.key"
    assert settings.data[0] == tmp_path
    assert isinstance(settings.printer, FilePrinter)
    assert settings.language == "zh_CN"
    assert settings.device
    assert load(*settings.data) == load()


def test_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(GOOD, "utf-8")
    settings = load_settings(environment(tmp_path))
    assert settings.store == tmp_path / "data" / "hall.db"
    assert settings.key == Path("/etc/hallterm/hall.key")
    assert settings.device == "窗口3"
    assert settings.printer == NetworkPrinter("192.168.1.50", 9101)
    assert (settings.language, settings.theme) == ("en", "high-contrast")
    assert settings.wide_ambiguous


def test_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(GOOD, "utf-8")
    settings = load_settings(
        environment(
            tmp_path,
            HALLTERM_DEVICE="取号机",
            HALLTERM_WIDE_AMBIGUOUS="no",
            HALLTERM_STORE="/srv/hall.db",
            HALLTERM_DATA="/srv/data",
            HALLTERM_PRINTER="file:slips.bin",
        )
    )
    assert settings.device == "取号机"
    assert not settings.wide_ambiguous
    assert settings.store == Path("/srv/hall.db")
    assert settings.data == (Path("/srv/data"),)
    assert settings.printer == FilePrinter(Path.cwd() / "slips.bin")


def test_an_operators_copy_wins(tmp_path: Path) -> None:
    packaged = load_settings(environment(tmp_path)).data[1]
    text = (packaged / "standards.toml").read_text("utf-8").replace("minutes = 30", "minutes = 20")
    (tmp_path / "standards.toml").write_text(text, "utf-8")
    made = load(*load_settings(environment(tmp_path)).data)
    assert made.standards.budgets.standard_service.minutes == 20


@pytest.mark.parametrize(
    ("line", "key", "remedy"),
    [
        ("store = 3", "store", "路径"),
        ('store = ""', "store", "路径"),
        ('store = "a\\u0000b"', "store", "路径"),
        ('key = "~nobody-of-this-name/x"', "key", "路径"),
        ('printer = "file:~nobody-of-this-name/x"', "printer", "路径"),
        ('device = "a\\nb"', "device", "名字"),
        (f'device = "{"x" * 41}"', "device", "40"),
        ('printer = "lpt1"', "printer", "tcp:"),
        ('printer = "tcp:host:0"', "printer", "65535"),
        ("printer = 1", "printer", "tcp:"),
        ('language = "fr"', "language", "zh_CN, en"),
        ('theme = "[/b]"', "theme", "英文名"),
        ("wide_ambiguous = 1", "wide_ambiguous", "true"),
        ('wide_ambiguous = "maybe"', "wide_ambiguous", "true"),
        ('languaeg = "en"', "languaeg", "language"),
    ],
)
def test_a_bad_value_names_its_line(tmp_path: Path, line: str, key: str, remedy: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(f"# 说明\n\n{line}\n", "utf-8")
    (problem,) = problems(tmp_path)
    assert (problem.line, problem.key) == (3, key)
    assert problem.file == str(tmp_path / SETTINGS_FILE)
    assert remedy in problem.remedy


def test_a_folder_of_nobody_is_a_problem() -> None:
    with pytest.raises(ConfigurationProblems, match="HALLTERM_CONFIG"):
        load_settings({"HALLTERM_CONFIG": "~nobody-of-this-name/x"})


def test_a_bad_variable_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, HALLTERM_LANGUAGE="klingon")
    assert problem.file == "HALLTERM_LANGUAGE"
    assert "klingon" in problem.message


def test_all_bad_values_are_reported(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text('theme = ""\nodd = 1\nlanguage = 2\n', "utf-8")
    assert len(problems(tmp_path, HALLTERM_PRINTER="?")) == 4


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"store = ", b"\xd6\xd0"])
def test_a_broken_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(content)
    assert problems(tmp_path)[0].message


def test_a_folder_in_its_place_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).mkdir()
    assert problems(tmp_path)[0].message


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("file:/tmp/a.bin", FilePrinter(Path("/tmp/a.bin"))),  # noqa: S108 - nothing is written
        ("device:/dev/usb/lp0", DevicePrinter(Path("/dev/usb/lp0"))),
        ("TCP:printer", NetworkPrinter("printer", 9100)),
        ("tcp:printer:515", NetworkPrinter("printer", 515)),
        ("tcp:[::1]:9100", NetworkPrinter("::1", 9100)),
        ("tcp:[fe80::2]", NetworkPrinter("fe80::2", 9100)),
    ],
)
def test_printers(text: str, target: object) -> None:
    assert read_printer(text) == target


@pytest.mark.parametrize(
    "text",
    ["", "tcp:", "tcp::9100", "tcp:a b", "tcp:a:x", "tcp:a:99999", "file:", "device: ", "x:y"],
)
def test_wrong_printers(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_printer(text)


@given(st.text(max_size=40))
def test_no_text_for_a_printer_is_a_fault(text: str) -> None:
    for prefix in ("", "tcp:", "file:", "device:"):
        try:
            target = read_printer(prefix + text)
        except ValueError as refused:
            assert str(refused)  # noqa: PT017 - either answer is right, silence is not
        else:
            assert target


POST = """
mail_out = "starttls://hall%40example.com@mail.example.com"
mail_in = "tls://hall@mail.example.com/INBOX"
mail_from = "hall@example.com"
mail_secret = "mail.secret"
mail_trust = "/etc/hallterm/ca.pem"
fax_out = "fax/out"
"""


def test_post_is_read(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(POST, "utf-8")
    post = load_settings(environment(tmp_path, HALLTERM_FAX_IN="/srv/fax")).post
    assert post.mail_out == MailServer("mail.example.com", 587, "starttls", "hall@example.com")
    assert post.mail_in == MailServer("mail.example.com", 993, "tls", "hall")
    assert post.mail_from == "hall@example.com"
    assert post.mail_secret == tmp_path / "mail.secret"
    assert post.mail_trust == Path("/etc/hallterm/ca.pem")
    assert (post.fax_out, post.fax_in) == (tmp_path / "fax" / "out", Path("/srv/fax"))


def test_without_settings_post_stays_in_folders(tmp_path: Path) -> None:
    post = load_settings(environment(tmp_path)).post
    assert isinstance(post.mail_out, MailFolder)
    assert post.mail_out.path.is_absolute()
    assert post.mail_in is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_out", "tls://user:secret@host"),
        ("mail_in", "plain://host"),
        ("mail_from", "a@b.cn\\nBcc: c@d.cn"),
        ("mail_secret", ""),
        ("post", "x"),
    ],
)
def test_wrong_post_settings_are_told(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(f'{name} = "{value}"', "utf-8")
    (problem,) = problems(tmp_path)
    assert problem.key == name
