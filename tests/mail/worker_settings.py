"""Settings of tests/mail/worker.py: the outbox alone, on the database of the test that started it."""

import json
import os

import backsite  # noqa: F401  (swaps in the safe SQLite)

globals().update(json.loads(os.environ["WORKER_SETTINGS"]))
