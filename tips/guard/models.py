from datetime import timedelta

from django.db import models

KEPT_FOR = timedelta(hours=24)


class Acknowledgement(models.Model):
    """A form was taken: the same form sent again gets the same receipt.

    The key is the form's nonce; the row is found by its digest, and the receipt is sealed under the nonce itself, which
    only the sender's browser holds. After `KEPT_FOR` the row is purged.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)
    receipt = models.BinaryField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"
