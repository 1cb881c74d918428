"""Loaded by pytest where the rooms are to be tested on PostgreSQL: a process that would test on anything else stops."""

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Each process that shares the tests out reads the settings for itself, and by default they are those of SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        raise pytest.UsageError(f"the tests would run on {connection.vendor}, not on PostgreSQL")
