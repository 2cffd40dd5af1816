#!/usr/bin/env python
import gc
import os
import sys

import backsite  # noqa: F401  (swaps in the safe SQLite before Django loads)
from backsite import loopback
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backsite.settings")
    if sys.argv[1:2] == ["serve"]:
        loopback.set_defaults(os.environ)
        gc.disable()  # until all is read, of which nothing is garbage: `backsite.processes` goes on from there
    execute_from_command_line(sys.argv)
