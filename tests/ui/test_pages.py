"""The base page, the error pages and the pages that belong to no room."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_health_is_plain_and_asks_no_database(client):
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_page_that_is_not_there_says_what_to_do_next(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_a_form_without_its_token_is_refused_in_plain_words():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {})
    assert response.status_code == 403
    assert "We could not accept that form" in response.content.decode()


def test_a_request_refused_before_anyone_is_known_still_gets_its_page(client):
    response = client.get("/accessibility/", HTTP_HOST="elsewhere.example.org")
    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_error_pages_need_neither_a_request_nor_a_person(template):
    page = render_to_string(template, {})
    assert page.count("<h1") == 1
    assert re.search(r"<title>\s*[A-Z][^<]+ – Throughline</title>", page)


def test_the_base_page_has_its_landmarks(client):
    page = client.get("/accessibility/").content.decode()
    assert '<html lang="en-GB"' in page
    assert page.index('href="#main-content"') < page.index("<header")
    assert page.count('<main class="govuk-main-wrapper" id="main-content">') == 1
    assert "Open Government Licence v3.0" in page
    assert ">Sign in</a>" in page


def test_a_demonstration_says_what_is_invented(client):
    with override_settings(DEMONSTRATION=True):
        assert "People are invented, published figures are real" in client.get("/accessibility/").content.decode()
    with override_settings(DEMONSTRATION=False):
        assert "People are invented" not in client.get("/accessibility/").content.decode()


def test_the_title_says_when_a_form_has_errors():
    class Asked(forms.Form):
        name = forms.CharField()

    request = RequestFactory().get("/empty/")
    assert "<title>Error: Empty page" in render_to_string("ui/empty.html", {"form": Asked({}), "request": request})
    assert "<title>Empty page" in render_to_string("ui/empty.html", {"form": Asked(), "request": request})
