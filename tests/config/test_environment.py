"""What a council sets is read as it meant it, or refused in a sentence that repeats no secret."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from throughline.config import command, environment

BESIDE = "/var/lib/throughline/throughline.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_spellings_of_postgresql_and_what_is_written_with_percent_signs(scheme):
    found = environment.database(f"{scheme}://an%40user:p%2Fa%3Ass@db.example.org:5433/my%20data?sslmode=require", BESIDE)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("an@user", "p/a:ss", "my data")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", 5433)
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(("url", "name"), [("", BESIDE), ("sqlite:////srv/a.sqlite3", "//srv/a.sqlite3"),
                                           ("sqlite:///srv/a.sqlite3", "/srv/a.sqlite3")])
def test_sqlite(url, name):
    found = environment.database(url, BESIDE)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", name)


@pytest.mark.parametrize("url", ["mysql://me:secret@db/x", "postgresq://me:secret@db/x", "secret", "sqlite://", "sqlite:///"])
def test_any_other_database_is_refused_in_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="must begin with postgresql://") as refused:
        environment.database(url, BESIDE)
    assert "secret" not in str(refused.value)


def test_a_port_that_is_no_number_is_refused():
    with pytest.raises(ImproperlyConfigured, match="port"):
        environment.database("postgresql://me:secret@db:first/x", BESIDE)


@pytest.mark.parametrize("typed", ["", "many", "-1", "1.5", "²"])
def test_a_count_that_is_none_is_refused_by_name(monkeypatch, typed):
    monkeypatch.setenv("THROUGHLINE_PROXIES", typed)
    with pytest.raises(ImproperlyConfigured, match="THROUGHLINE_PROXIES must be a whole number"):
        environment.whole_number("THROUGHLINE_PROXIES", 0)


def test_a_folder_is_closed_to_others(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    for name in ("open", "new/inner"):
        assert environment.private_folder(tmp_path / name).stat().st_mode & 0o777 == 0o700


def _umask() -> int:
    """What this process keeps from others; reading it is setting it."""
    now = os.umask(0o022)
    os.umask(now)
    return now


@pytest.fixture
def _umask_put_back():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask_put_back")
def test_the_command_writes_for_its_owner_only(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["throughline", "--version"])
    with pytest.raises(SystemExit):
        command.main()
    assert _umask() == 0o077


ASK = """
import os
from throughline.config.wsgi import application
from django.conf import settings
from django.core import cache
from django.test import Client
was = os.umask(0o022)
print("umask", oct(was))
print("mail", settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS)
print("proxies", settings.ALLAUTH_TRUSTED_PROXY_COUNT)
print("entries", cache.cache._max_entries)
client = Client(raise_request_exception=False)
print("status", client.post("/account/login/?q=asked-for", {"login": "typed@example.org", "password": "typed"}).status_code)
print("missing", client.get("/no-such-page/").status_code)
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> subprocess.CompletedProcess:
    """A site of its own with a mail server named and no tables made, started by the web server's door."""
    state = tmp_path_factory.mktemp("state") / "var"
    named = {"VAR": str(state), "MAIL_HOST": "mail.example.org", "MAIL_PORT": "465", "PROXIES": "2", "HOSTS": "testserver"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    env = {**kept, **{f"THROUGHLINE_{name}": value for name, value in named.items()}}
    return subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)


@pytest.mark.parametrize(
    "said",
    ["umask 0o77", "mail django.core.mail.backends.smtp.EmailBackend mail.example.org 465 True False", "proxies 2",
     "entries 100000", "status 500", "missing 404"],
)
def test_a_site_takes_what_was_set(started, said):
    assert said in started.stdout.splitlines()


def test_an_error_reaches_the_log_without_what_was_asked_or_typed(started):
    assert "ERROR django.request: Internal Server Error: /account/login/\n" in started.stderr
    assert "Traceback" in started.stderr
    assert "asked-for" not in started.stderr
    assert "typed" not in started.stderr
    assert "no-such-page" not in started.stderr


@pytest.mark.parametrize(("marked", "said", "demonstration"), [
    (False, {}, False), (True, {}, True), (True, {"THROUGHLINE_DEMONSTRATION": "0"}, False),
    (True, {"THROUGHLINE_HOSTS": "throughline.example.org"}, False), (False, {"THROUGHLINE_DEMONSTRATION": "1"}, True),
])
def test_a_folder_that_holds_a_demonstration_is_one_to_every_command(tmp_path, marked, said, demonstration):
    if marked:
        (tmp_path / "demonstration").touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    asked = [sys.executable, "-c", "from throughline.config import settings; print(settings.DEMONSTRATION)"]
    printed = subprocess.run(asked, env={**kept, "THROUGHLINE_VAR": str(tmp_path), **said}, capture_output=True, text=True,
                             check=True).stdout
    assert printed.strip() == str(demonstration)
