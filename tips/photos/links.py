"""For its author, who holds a private code but no session: an address that shows one photo for a quarter of an hour."""

from datetime import datetime, timedelta

from django.core import signing

from tips.photos.models import Photo

SALT = "photos.author"
LASTS = timedelta(minutes=15)


def author_link(photo: Photo, *, now: datetime) -> str:
    """Hand it only to who proved to be the author."""
    word = signing.dumps([photo.public_id, int(now.timestamp())], salt=SALT)
    return f"/photos/{word}/"


def photo_behind(word: str, *, now: datetime) -> Photo | None:
    """None for a word that is made up, old, or about a photo that is gone."""
    try:
        public_id, made_at = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    if not 0 <= now.timestamp() - made_at <= LASTS.total_seconds():
        return None
    return Photo.objects.filter(public_id=public_id).first()
