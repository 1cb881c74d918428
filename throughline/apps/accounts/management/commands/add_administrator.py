"""Makes the first administrator of a real installation, who then makes everybody else's account on the site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from throughline.apps.accounts import actions
from throughline.apps.accounts.models import User


class Command(BaseCommand):
    """throughline add-administrator EMAIL --name NAME [--site ADDRESS]."""

    help = "Make an administrator and print the link with which they choose a password; it needs no mail."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where the site is."""
        parser.add_argument("email", metavar="EMAIL", help="the address they sign in with")
        parser.add_argument("--name", required=True, metavar="NAME", help="their full name")
        parser.add_argument(
            "--site", default="", metavar="ADDRESS",
            help="the address of the site, such as https://throughline.example.org; without it, the first of "
            "THROUGHLINE_ORIGINS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account through the same action as the site does, so that the audit holds it."""
        validate_email(options["email"])
        if User.objects.filter(email__iexact=options["email"]).exists():
            raise CommandError(
                f"{options['email']} has an account already, open or closed. An administrator changes it on the site."
            )
        user = actions.create_user(by=None, email=options["email"], full_name=options["name"], role="administrator")
        site = options["site"] or next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
        self.stdout.write(f"{user.full_name} is an administrator. To choose a password, they open this link,")
        self.stdout.write(f"which works once and for {actions.link_days()} days; whoever has it can use it:")
        self.stdout.write(actions.password_link(user, site))
