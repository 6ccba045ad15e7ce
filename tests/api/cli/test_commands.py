"""What all commands share: help, usage, exit codes."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.commands import Kind, RoleName, ScopeName, SeenBy
from api.cli.entry import make_app
from api.cli.operator import DATABASE_FAULTS, Outside
from api.cli.preparing import MODEL_FAULTS
from api.i18n import catalogue
from api.wiring import MODEL_ERRORS, Service
from matchmaker.accounts.models import Role, Scope
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES
from matchmaker.languages import WorkingLanguage
from matchmaker.profiles.models import Visibility
from tests.api.cli.conftest import NOT_SET, Run
from tests.api.conftest import NewService

ROOT = Path(__file__).parents[3]
HELP_SECONDS = 1.0
ENGLISH = r"Usage|Options|Arguments|Commands|\[required|<bool>|\b(FILE|NAME|PATH|SECONDS|ADDRESS|TOWN|CODE)\b"
COMMANDS = [
    (), ("prepare",), ("serve",), ("import",), ("export",), ("match",), ("opportunities",), ("index",),
    ("index", "sync"), ("index", "rebuild"), ("index", "check"), ("evaluate",), ("bench",), ("token",),
    ("token", "create"), ("token", "list"), ("token", "revoke"), ("administrator",), ("administrator", "create"),
    ("letters",), ("letters", "send"), ("letters", "bounces"), ("audit",), ("audit", "verify"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_command_has_help_in_every_language(run: Run, command: tuple[str, ...], language: str) -> None:
    result = run(*command, "--help", "--lang", language)

    assert result.exit_code == 0
    assert {"es": "Muestra esta ayuda", "pt": "Mostra esta ajuda", "en": "Show this help"}[language] in result.stdout
    assert re.search(r"\b(help|metavar)\.\w", result.stdout) is None
    if language != "en":
        assert re.search(ENGLISH, result.stdout) is None


def test_help_is_quick_and_loads_no_engine() -> None:
    code = (
        "import sys; sys.argv = ['matchmaker', '--help']\n"
        "from api.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: print(done.code, [n for n in ('torch', 'faiss', 'numpy', 'sqlmodel') "
        "if n in sys.modules])\n"
    )
    environment = {**os.environ, "LC_ALL": "es_CO.UTF-8"}

    took = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        took.append(time.perf_counter() - start)

    assert done.stdout.splitlines()[-1] == "0 []"
    assert "Órdenes" in done.stdout
    assert min(took) < HELP_SECONDS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("index", "sink"), "No existe la orden sink"),
        (("match", "texto", "--top", "0"), "--top no admite ese valor"),
        (("match", "texto", "--tops", "3"), "No existe la opción --tops"),
        (("import",), "Falta: ARCHIVO..."),
        (
            ("token", "create", "--role", "mayor", "--name", "Ana"),
            "--role no admite ese valor: es uno de estos",
        ),
        (("match", "--top"), "--top necesita un valor."),
        (("match", "--json=3"), "--json no lleva valor."),
        (("token", "revoke", "1", "2", "3"), "Sobra: 2 3."),
        (("token", "revoke", "uno"), "ID no admite ese valor: Aquí va un número entero."),
        (("--lang", "qu", "token", "list"), "«qu»"),
    ],
)
def test_a_command_that_cannot_be_read_exits_with_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, LANG="es_CO.UTF-8")

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("group", "member"), [((), "opportunities"), (("token",), "revoke")])
def test_no_command_shows_the_help_once_and_exits_with_2(run: Run, group: tuple[str, ...], member: str) -> None:
    result = run(*group)

    assert result.exit_code == 2
    assert (result.stdout, result.stderr.count("Usage: matchmaker"), member in result.stderr) == ("", 1, True)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "threads: Aquí va un número entero"),
        ("pt", "threads: Aqui vai um número inteiro"),
        ("en", "threads: A whole"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_words(language: str, said: str) -> None:
    environment = {**os.environ, "MATCHMAKER_THREADS": "two"}
    code = "from api.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", code, "index", "check", "--lang", language],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr


def test_a_database_without_tables_is_told_with_what_to_do(run: Run, new_service: NewService, tmp_path: Path) -> None:
    bare = new_service(DATABASE_URL=f"sqlite:///{tmp_path / 'bare.sqlite'}")

    result = run("token", "list", over=bare)

    assert result.exit_code == 3
    assert "matchmaker prepare" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_that_does_not_answer_is_told_without_its_password(run: Run, new_service: NewService) -> None:
    away = new_service(DATABASE_URL="postgresql://ana:geheim@127.0.0.1:9/none")

    result = run("token", "list", over=away, LC_ALL="pt_BR.UTF-8")

    assert result.exit_code == 3
    assert "não responde" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize(("language", "said"), [("es", "no se puede abrir"), ("pt", "aberto"), ("en", "be opened")])
def test_a_file_that_is_no_database_is_told_in_words_of_ours(
    run: Run, new_service: NewService, tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "odd.sqlite").write_bytes(b"not a database" * 100)
    odd = new_service(DATABASE_URL=f"sqlite:///{tmp_path / 'odd.sqlite'}")

    result = run("token", "list", "--lang", language, over=odd)

    assert (result.exit_code, said in " ".join(result.stderr.split())) == (3, True)
    assert "is not a database" not in result.stderr


def test_every_fault_of_model_and_database_has_a_sentence_in_each_language() -> None:
    assert set(MODEL_FAULTS) == {fault.__name__ for fault in MODEL_ERRORS}
    for language in WorkingLanguage:
        sentences = catalogue(language, "cli")
        for code in (*MODEL_FAULTS.values(), *DATABASE_FAULTS.values(), "database_unreachable"):
            assert sentences.gettext(f"error.{code}") != f"error.{code}", (language, code)


def test_a_model_that_is_not_there_is_told(service: Service) -> None:
    settings = service.settings.model_copy(update={"model": "/nowhere/model"})
    outside = Outside(open_service=lambda: Service(settings, clock=service.clock))

    result = CliRunner(env=NOT_SET).invoke(make_app(), ["match", "fugas de agua"], obj=outside)

    assert result.exit_code == 3
    assert "/nowhere/model" in result.stderr


def test_choices_are_those_of_the_domain() -> None:
    assert set(Kind.__args__) == {PROFILES, CHALLENGES}  # type: ignore[attr-defined]
    assert set(SeenBy.__args__) == set(Visibility)  # type: ignore[attr-defined]
    assert [str(name) for name in ScopeName] == [str(scope) for scope in Scope]
    assert set(RoleName.__args__) == set(Role)  # type: ignore[attr-defined]
