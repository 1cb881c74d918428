"""Tells Django about the commands that belong to no single room."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ConfigConfig(AppConfig):
    """The top floor: commands that reach across the rooms."""

    name = "throughline.config"
    label = "config"
    verbose_name = "The whole system"
    default = True  # and not the class below, which takes the place of django.contrib.admin


class OurAdmin(admin.AdminConfig):
    """Django's admin over our own records only."""

    default = False
    default_site = "throughline.config.admin_site.OurRecords"
