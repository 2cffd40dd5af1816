"""A program of its own: four readers, one page after another, until its input ends; then how long each page took.

`python bench/reading.py URL`, in a process where nothing else happens, so that no work of the measurement is taken for
the site's. Output: one line once they read, then a JSON list of seconds.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit

READERS = 4
PAUSE = 0.02  # seconds between two pages of one reader


def read(host: str, path: str, over: threading.Event, times: list[float]) -> None:
    """A fresh connection each time, as from somebody who just came."""
    while not over.wait(PAUSE):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        times.append(time.perf_counter() - begun)


def main(url: str) -> None:
    place, over, times = urlsplit(url), threading.Event(), list[float]()
    threads = [threading.Thread(target=read, args=(place.netloc, place.path, over, times)) for _ in range(READERS)]
    for each in threads:
        each.start()
    print("reading", flush=True)
    sys.stdin.read()
    over.set()
    for each in threads:
        each.join()
    print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
