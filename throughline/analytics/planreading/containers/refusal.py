"""How a container that cannot be opened is answered: what it is, in plain words, and what to do about it."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from throughline.core.problems import Problem, RefusedFileError

LARGEST_FILE = 100_000_000  # bytes on disk; a plan with its pictures is a tenth of this
LARGEST_PACKAGE = 400_000_000  # bytes of everything in a Word or Excel file once unpacked
LARGEST_TEXT = 60_000_000  # bytes of its text alone once unpacked; a 60-page plan is under five million
LARGEST_MARKUP = 10_000_000  # bytes of a web page, a Markdown file or separated values


def refusal(path: Path, rule: str, remedy: str) -> RefusedFileError:
    """The refusal of a whole file for one fault."""
    return RefusedFileError([Problem(path.name, None, "", "", rule, remedy)])


@contextmanager
def refusing_damage(path: Path, rule: str, remedy: str) -> Iterator[None]:
    """Anything that goes wrong within is a damaged file, and refused as one.

    Damage shows in any of dozens of ways inside zip, XML and PDF libraries, so every Exception counts.
    """
    try:
        yield
    except RefusedFileError:
        raise
    except Exception as error:
        raise refusal(path, rule, remedy) from error


def check_size(path: Path, largest: int = LARGEST_FILE) -> None:
    """Raise RefusedFileError when the file is empty or larger than anybody's plan."""
    size = path.stat().st_size
    if size == 0:
        raise refusal(path, "something in the file", "give the file again; this one is empty")
    if size > largest:
        raise refusal(path, "a reasonable size",
                      f"give a file of at most {largest // 1_000_000} MB, with the pictures taken out or the plan cut in parts")


def check_package(path: Path, member: str, called: str) -> None:
    """Raise RefusedFileError unless the file is a zip that holds member and unpacks to a reasonable size.

    called is what the file should be, in words ("a Word document").
    """
    with refusing_damage(path, called, f"open the file in the program it came from and save it as {called}; it is damaged"):
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
        if member not in {each.filename for each in members}:
            raise refusal(path, called, f"save the file as {called}; this is some other kind of file under that name")
        if any(each.flag_bits & 1 for each in members):
            raise refusal(path, "a file that is not locked", "save the file without a password and give it again")
        text = sum(each.file_size for each in members if each.filename.lower().endswith((".xml", ".rels")))
        if text > LARGEST_TEXT or sum(each.file_size for each in members) > LARGEST_PACKAGE:
            raise refusal(path, "a reasonable size", "give a smaller file; this one unpacks to more than any plan holds")
