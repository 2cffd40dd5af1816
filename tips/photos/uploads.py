"""What visitors upload stays in memory without a name until it was redrawn: the original never reaches a disk."""

import os
import tempfile
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_BYTES = 12_000_000  # of one photo
MOST_BYTES_TOGETHER = 52_000_000  # of one request: four photos and the words
FIELDS = {"photos", "photo", "photo_file"}  # the only fields that may hold a file


def unnamed_file() -> IO[bytes]:
    """In memory, not even by the name of a temporary file; where the system cannot do that, one already deleted."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("photo", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


class PhotoUploads(FileUploadHandler):
    """One that is too large arrives empty, but with a size that says so: the words beside it are kept.

    A request that is too large as a whole is refused before, or while, it comes: RequestDataTooBig, a 413.
    """

    chunk_size = 1 << 16

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.together = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - the name that Django calls it by
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > MOST_BYTES_TOGETHER:
            raise RequestDataTooBig("the request is larger than four photos")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name not in FIELDS:
            raise SkipFile
        self.kept: IO[bytes] = unnamed_file()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        self.together += len(raw_data)
        if self.together > MOST_BYTES_TOGETHER:
            raise RequestDataTooBig("the files are larger than four photos")
        if self.size > MOST_BYTES:
            self.kept.truncate(0)
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return UploadedFile(
            file=self.kept,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "kept"):
            self.kept.close()
