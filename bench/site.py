"""Makes a site of its own in the folder THROUGHLINE_VAR names, signs somebody in, and serves it as the demonstration does.

python -m bench.site make    makes tables, builds the warehouse, prints a session's cookie and the authorities as JSON
python -m bench.site serve   prints its port as JSON, then becomes the web server
"""

import json
import os
import socket
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from throughline.analytics.measures.areas import authorities  # noqa: E402
from throughline.apps.accounts import second_factor  # noqa: E402
from throughline.apps.accounts.actions import create_user  # noqa: E402
from throughline.apps.accounts.models import User  # noqa: E402
from throughline.apps.performance.figures import rebuild, warehouse  # noqa: E402
from throughline.config.serving import serve  # noqa: E402


def make() -> None:
    """A database, a warehouse and one signed-in person."""
    lay_foundations()
    client = signed_in(reader_of("data_officer"))
    codes = [area.area for area in authorities(warehouse()) if area.abolished_on is None]
    json.dump({"cookie": cookie_of(client), "authorities": codes}, sys.stdout)


def lay_foundations() -> None:
    """An empty database and the warehouse of the packaged figures."""
    make_tables()
    rebuild()


def make_tables() -> None:
    """Every table as the models have it, without the steps that led there: the same tables, in a fraction of the time."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def reader_of(role: str, **fields: str) -> User:
    """A new person of a role."""
    return create_user(by=None, email="reader@example.org", full_name="Reader Example", role=role, **fields)


def signed_in(reader: User) -> Client:
    """A client in which somebody is signed in with a second factor."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    session = client.session
    session[second_factor.SESSION_KEY] = {"user": reader.pk, "how": second_factor.BY_CODE}
    session.save()
    return client


def cookie_of(client: Client) -> str:
    """What a browser would send to be the same person."""
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def listen_and_serve() -> None:
    """Take any free port of this machine alone."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    sys.stdout.write(json.dumps({"port": listening.getsockname()[1]}) + "\n")
    serve(listening)


if __name__ == "__main__":
    {"make": make, "serve": listen_and_serve}[sys.argv[1]]()
