"""How bad input is answered: which file, line and field, what was there, which rule, and what would be right."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was given to us.

    line is the line of the file as an editor counts it (the heading row is 1), or None when the
    problem is of the whole file. rule is a short stable name; remedy is a sentence that tells the
    reader what to do. sheet is what a workbook's sheet is called, where the line is one of several sheets'.
    """

    file: str
    line: int | None
    field: str
    value: str
    rule: str
    remedy: str
    sheet: str = ""

    def sentence(self) -> str:
        """The problem in words, for a terminal or a page."""
        sheet = f", sheet “{self.sheet}”" if self.sheet else ""
        where = f"{self.file}{sheet}" if self.line is None else f"{self.file}{sheet}, line {self.line}"
        field = f", column {self.field.removeprefix('Column ')}" if self.field else ""
        value = f" “{self.value}”:" if self.value else ":"
        return f"{where}{field}{value} {self.remedy} ({self.rule})"

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain values, for JSON and tables."""
        return asdict(self)


class RefusedFileError(Exception):
    """Raised when nothing of a file may be loaded; carries every Problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))
