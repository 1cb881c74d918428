"""Prints the six digits that an invented person's phone would show, so that a demonstration needs no phone."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from throughline.apps.accounts.demonstration import NotDemonstrationError, current_code
from throughline.apps.accounts.models import User
from throughline.core.nearest import nearest

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """throughline sign-in-code EMAIL."""

    help = "Print the six-digit code that an invented person signs in with, on a demonstration only."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose code."""
        parser.add_argument("email", metavar="EMAIL", help="the invented person's address, such as inspector@example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code alone, so that it can be piped."""
        try:
            self.stdout.write(current_code(_example(options["email"])))
        except NotDemonstrationError as error:
            words = str(error)
            raise CommandError(f"{words[:1].upper()}{words[1:]}.") from error
        except Authenticator.DoesNotExist as error:
            raise CommandError(f"{options['email']} has set up no second factor yet.") from error


def _example(email: str) -> User:
    try:
        return User.objects.get(email__iexact=email)
    except User.DoesNotExist as error:
        known = User.objects.filter(is_example=True).values_list("email", flat=True)
        near = nearest(email, known)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise CommandError(f"Nobody has the address “{email}”.{meant}", returncode=NOT_UNDERSTOOD) from error
