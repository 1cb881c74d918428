"""Eight readers at once, each on a connection that stays open: run apart from the server it asks.

Takes a JSON object {port, cookie, paths, readers, seconds} on standard input, and prints the milliseconds of each page.
"""

import http.client
import json
import sys
from collections import deque
from threading import Thread
from time import monotonic, perf_counter

SLOWEST = 30  # seconds that one page may take


def read_all(port: int, cookie: str, paths: list[str], readers: int, seconds: float) -> list[float]:
    """Milliseconds of each page, in the order they were answered.

    The readers share one queue of paths, and stop early once seconds have passed. Raises RuntimeError when a
    page is anything but found, or none was read.
    """
    waiting, took, failures = deque(paths), [], []
    until = monotonic() + seconds

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOWEST)
        while not failures and monotonic() < until:
            try:
                path = waiting.popleft()
            except IndexError:
                break
            try:
                took.append(_read_one(connection, path, cookie))
            except (OSError, http.client.HTTPException, RuntimeError) as error:
                failures.append(f"{path}: {error!r}")
        connection.close()

    threads = [Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures or not took:
        raise RuntimeError("; ".join(failures) or "no page was read in time")
    return took


def _read_one(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    begun = perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    milliseconds = (perf_counter() - begun) * 1000
    if response.status != 200:
        raise RuntimeError(f"status {response.status}")
    return milliseconds


if __name__ == "__main__":
    json.dump(read_all(**json.load(sys.stdin)), sys.stdout)
