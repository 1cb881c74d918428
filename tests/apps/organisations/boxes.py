"""What the form on a page holds, as a browser would post it, and days as three boxes."""

from datetime import date

from django.http import HttpResponse

from tests.apps.performance.reading import page_of


def boxes(answer: HttpResponse) -> dict[str, str]:
    """Every named box of the page's forms with what stands in it."""
    page = page_of(answer).find(".//main")
    held = {box.get("name", ""): box.get("value", "") for box in page.iter("input")
            if box.get("type") not in ("radio", "checkbox", "file") or "checked" in box.attrib}
    for choice in page.iter("select"):
        chosen = [option.get("value", "") for option in choice.iter("option") if "selected" in option.attrib]
        held[choice.get("name", "")] = chosen[0] if chosen else next(choice.iter("option")).get("value", "")
    return held | {area.get("name", ""): area.text or "" for area in page.iter("textarea")}


def day_in(name: str, day: date) -> dict[str, str]:
    """A day as the three boxes of a field hold it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
