"""The port the site is served on."""

import socket

import pytest
from django.core.management import CommandError

from throughline.config import serving


@pytest.fixture
def taken():
    """A port that another program is listening on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_port_asked_for_is_had():
    with serving.free_socket() as first:
        port = first.getsockname()[1]
    with serving.free_socket(port) as again:
        assert again.getsockname() == ("127.0.0.1", port)


def test_a_taken_port_that_was_asked_for_is_refused(taken):
    with pytest.raises(CommandError, match=f"Port {taken} is taken"):
        serving.free_socket(taken)


def test_another_port_is_found_when_the_usual_one_is_taken(taken, monkeypatch):
    monkeypatch.setattr(serving, "USUAL_PORT", taken)
    with serving.free_socket() as found:
        assert found.getsockname()[1] not in (0, taken)
