"""The composition root. Importing it swaps in an SQLite without the WAL-reset bug, before anything asks for one."""

import sys

try:
    import pysqlite3
except ImportError:  # not packaged for this platform: checks.py refuses an affected build
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
