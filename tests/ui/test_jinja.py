"""Templates answer a misspelling with an error and GOV.UK's components with what they ask for."""

from dataclasses import dataclass

import pytest
from django.template import engines
from jinja2 import UndefinedError


@dataclass
class Row:
    """Something with one attribute."""

    value: int = 1


def render(source, **context):
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    "source", ["{{ valeu }}", "{% if valeu %}x{% endif %}", "{% for x in valeu %}x{% endfor %}", "{{ row.valeu }}",
               "{% if row.valeu %}x{% endif %}"]
)
def test_a_misspelt_name_is_an_error(source):
    with pytest.raises(UndefinedError):
        render(source, row=Row())


@pytest.mark.parametrize(
    "source", ["{{ given.absent }}", "{% if given.absent %}x{% endif %}", "{% if nowhere is defined %}x{% endif %}",
               "{{ 'x' if given.absent }}"]
)
def test_what_may_be_absent_is_empty(source):
    assert render(source, given={}) == ""


def test_text_is_escaped():
    assert render("{{ name }}", name="<b>") == "&lt;b&gt;"


def test_a_component_of_gov_uk_is_found():
    imported = "{% from 'govuk_frontend_jinja/components/button/macro.html' import govukButton %}"
    assert 'class="govuk-button"' in render(imported + "{{ govukButton({'text': 'Go'}) }}")


def test_an_address_is_made_from_a_name_and_a_query():
    assert render("{{ url('accessibility', query={'q': 'a b'}) }}") == "/accessibility/?q=a+b"
