"""Django's own pages show our records only: not the secrets of sign-in, and not groups that give nobody anything."""

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.sites import all_sites
from django.contrib.auth.models import Group


def test_only_our_models_are_in_the_admin():
    shown = [model for site in all_sites for model in site._registry]
    assert shown
    assert [model._meta.label for model in shown if not model.__module__.startswith("throughline.")] == []


def test_another_package_cannot_put_its_own_there():
    admin.site.register([Group, Authenticator])
    assert not admin.site.is_registered(Group)
    assert not admin.site.is_registered(Authenticator)
