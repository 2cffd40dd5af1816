"""What was found in a text, on a slip that its writer carries from the check page to the sending (docs/adr/0059).

A slip is sealed, and to the very text that it tells of: it opens for no other, nor once the rules, the weights or the
program have changed. It holds flags and places, no words. A text without a slip that opens is read.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings

from tips.keys import sealing
from tips.safety.matches import Finding, Match, finding
from tips.safety.rules import marked


def write(found: Finding, text: str) -> str:
    """`found` is what `find` found in `text`."""
    said = [[each.flag.mark, each.level, each.start, each.end] for each in found.matches]
    return base64.urlsafe_b64encode(sealing.seal("findings", json.dumps(said).encode(), to=_all_of(text))).decode()


def read(slip: str, text: str) -> Finding | None:
    """What was found in this text; None where the slip does not say, whatever the cause."""
    try:
        said = json.loads(sealing.unseal("findings", base64.urlsafe_b64decode(slip), to=_all_of(text)))
    except (sealing.Unreadable, ValueError):
        return None
    matches = []
    for mark, level, start, end in said:
        flag = marked(mark)
        if flag is None:
            return None
        matches.append(Match(flag, level, text[start:end], start, end))
    return finding(matches)


def _all_of(text: str) -> bytes:
    """All that a finding comes from: after any change to it, one finds anew."""
    return _found_by() + text.encode()


@cache
def _found_by() -> bytes:
    """32 bytes for this program and for all lists that it may read, told apart by their names."""
    files = [*Path(__file__).parent.glob("*.py"), *filter(Path.is_file, settings.CONTENT_DIR.iterdir())]
    each = [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(files)]
    return hashlib.sha256("\n".join(each).encode()).digest()
