"""Serves the site on this machine only, on a port that is certainly free."""

import os
import socket
import sys

from django.conf import settings
from django.core.management.base import CommandError

USUAL_PORT = 8000
WORKERS = 2
THREADS = 2


def free_socket(port: int | None = None) -> socket.socket:
    """A socket listening on the port asked for, or else on the usual one, or else on any that is free.

    It listens from now on, so that no other program can take the port in between and a browser that
    comes early waits instead of being turned away. Raises CommandError when the port asked for is taken.
    """
    for wanted in [port] if port else [USUAL_PORT, 0]:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", wanted))
            listening.listen()
        except OSError:
            listening.close()
        else:
            return listening
    raise CommandError(f"Port {port} is taken. Choose another, or leave --port out to have a free one found.")


def serve(listening: socket.socket) -> None:
    """Become the web server, on a socket that listens already; Ctrl-C stops it. Never returns."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    listening.set_inheritable(True)
    sys.stdout.flush()
    os.execv(sys.executable, [
        sys.executable, "-m", "gunicorn", "throughline.config.wsgi:application",
        "--bind", f"fd://{listening.fileno()}", "--workers", str(WORKERS), "--threads", str(THREADS),
        "--log-level", "warning", "--no-control-socket",
    ])
