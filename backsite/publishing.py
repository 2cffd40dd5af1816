"""Pages as files for the web server in front (docs/adr/0051): which ones, and how they end."""

import logging
import threading
from time import monotonic

from backsite.headers import of_a_page
from backsite.keepable import Headers
from backsite.pagecache import Key, Page
from tips.freshness import files, slots

logger = logging.getLogger("backsite.publishing")

SWEEP_EVERY = 0.5  # seconds that a page may outlive its time
OF_THESE_BYTES = {"content-length", "etag"}  # nginx reads them off the bytes as well


def publish(key: Key, page: Page) -> None:
    """`page` as it was just packed for `key`. A page that says anything unusual stays with the application."""
    (address, query, packing), stamp = key, page.stamp
    if stamp is None or query or packing != "gzip" or not is_usual(page.headers):
        return
    try:
        files.put(
            address,
            page.body,
            slots=stamp.places,
            until=page.until,
            still_true=lambda: stamp.holds(slots.counters()),
        )
    except OSError as error:
        logger.error("a page could not be published: %s", type(error).__name__)


def is_usual(headers: Headers) -> bool:
    """Whether it carries exactly the headers that nginx is told to send."""
    said = [(name.lower(), value) for name, value in headers if name.lower() not in OF_THESE_BYTES]
    return sorted(said) == sorted(of_a_page().items())


def start_sweeping() -> threading.Thread:
    thread = threading.Thread(target=sweep_for_ever, name="sweep", daemon=True)
    thread.start()
    return thread


def sweep_for_ever(over: threading.Event | None = None) -> None:
    over = over or threading.Event()
    while not over.wait(SWEEP_EVERY):
        try:
            files.sweep(monotonic())
        except OSError as error:
            logger.error("published pages could not be swept: %s", type(error).__name__)
