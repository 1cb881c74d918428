"""The first thing a newcomer types: the site is served, says where it is, and stops when told."""

import os
import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.conf import settings


@pytest.fixture
def demo(tmp_path):
    """A demonstration with a state folder of its own, serving."""
    environment = {**os.environ, "THROUGHLINE_VAR": str(tmp_path), "THROUGHLINE_DEMONSTRATION": "1"}
    program = [sys.executable, "-c", "from throughline.config.command import main; main()", "demo"]
    with subprocess.Popen(program, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_it_serves_where_it_says_and_stops_when_told(demo):
    printed = ""
    for line in demo.stdout:
        printed += line
        if "./dev code" in line:
            break
    address = re.search(r"http://127\.0\.0\.1:\d+/", printed)[0]
    with urlopen(f"{address}account/login/", timeout=60) as page:
        assert page.status == 200
        assert "Sign in" in page.read().decode()
    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=60) == 0
