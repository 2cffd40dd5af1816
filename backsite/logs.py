"""What may be written to a log: when, where in the code, what kind of trouble. Never what a visitor sent."""

import logging
import traceback
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class LineFormatter(logging.Formatter):
    """One line a record: time, level, logger, message without its arguments, and the place of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage() if record.name.startswith(("backsite", "tips")) else str(record.msg)
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        return " ".join((line + self._where(record)).split())

    def _where(self, record: logging.LogRecord) -> str:
        """Exception type and places in the code; not its text, which may quote a visitor."""
        if not record.exc_info or record.exc_info[0] is None:
            return ""
        frames = traceback.extract_tb(record.exc_info[2])[-6:]
        places = " < ".join(
            f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        return f" [{record.exc_info[0].__name__} at {places}]"


class SilentReporterFilter(SafeExceptionReporterFilter):
    """Nothing of a request enters an error report."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()
