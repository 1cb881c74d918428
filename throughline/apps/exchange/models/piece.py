"""The bytes of a delivery as they came, compressed and in pieces, so that a large file is never held whole."""

from django.db import models

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.exchange.models.delivery import STAGED_LIFE, Delivery


class Piece(models.Model):
    """One piece of a file. The pieces of a delivery, put together by place, are a gzip file of what came."""

    class DataProtection:
        """It is about the young people in the file."""

        fields = {**not_personal("id", "delivery", "place"), **personal(STAGED_LIFE, "content")}

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="pieces")
    place = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        """As they follow each other."""

        ordering = ["delivery", "place"]
        constraints = [models.UniqueConstraint(fields=["delivery", "place"], name="each_piece_once")]

    def __str__(self) -> str:
        return f"Piece {self.place} of delivery {self.delivery_id}"
