"""In which district each postcode lies, as the directory says that was loaded last."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.accounts.models import ACCOUNT_LIFE


class PostcodeRelease(models.Model):
    """A release of a directory of postcodes; the one loaded last is used, and those before it keep only their name."""

    class DataProtection:
        """A directory is of places, and of whoever loaded it."""

        fields = {**not_personal("id", "name", "digest", "postcodes", "loaded_at"), **personal(ACCOUNT_LIFE, "loaded_by")}

    name = models.CharField(max_length=100)
    digest = models.CharField("SHA-256 of the file", max_length=64)
    postcodes = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """The newest first."""

        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """One postcode, with one space before its last three, and the nine-character code of its district."""

    class DataProtection:
        """Nothing of it is about anybody."""

        fields = not_personal("id", "release", "postcode", "district", "introduced", "ended")

    release = models.ForeignKey(PostcodeRelease, on_delete=models.CASCADE, related_name="+")
    postcode = models.CharField(max_length=8)
    district = models.CharField(max_length=9)
    introduced = models.DateField(null=True)
    ended = models.DateField(null=True)

    class Meta:
        """By postcode."""

        ordering = ["postcode"]
        constraints = [models.UniqueConstraint(fields=["postcode"], name="each_postcode_once")]

    def __str__(self) -> str:
        return self.postcode
