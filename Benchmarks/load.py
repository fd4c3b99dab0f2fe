"""Runs gadload and reads its report, and keeps connections of its open for as long as something is measured."""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import time

from processes import BIN, Process

GADLOAD = os.path.join(BIN, "gadload")
# Busy for this part of the time, the clients had none left, and a figure is theirs as much as the server's.
BUSY = 0.9


def run(server, *options, publish=True, limit=180):
    """One run from the first connection to the report; None when it takes longer than `limit` seconds."""
    command = [GADLOAD, "run", *server.gadload(publish), *map(str, options), "-o", "json"]
    with tempfile.TemporaryFile() as output, Process(*command, stdout=output) as gadload:
        with contextlib.suppress(subprocess.TimeoutExpired):
            gadload.child.wait(limit)
        if gadload.child.poll() is None:
            return None
        output.seek(0)
        text = output.read()
    return json.loads(text) if text else None


class Connected:
    """`count` idle clients of a server, there until the `with` block ends."""

    def __init__(self, server, count, rate, limit=120):
        self.server, self.count, self.rate, self.limit = server, count, rate, limit

    def __enter__(self):
        self.gadload = Process(
            GADLOAD, "run", *self.server.gadload(publish=False), "--clients", str(self.count), "--connect-rate",
            str(self.rate), "--rooms", "1", "--room-prefix", "bench", "--publish", "none", "--duration", "0",
            "--lifeline", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.gadload)
            self.wait()
            stack.pop_all()
        return self

    def wait(self):
        end = time.monotonic() + self.limit
        for line in self.gadload.child.stderr:
            found = re.match(rb"(\d+)/\d+ connected", line)
            if found and int(found[1]) == self.count:
                return
            if time.monotonic() > end:
                break
        raise SystemExit(f"bench: {self.count} clients of {self.server.name} did not connect in {self.limit} s")

    def __exit__(self, *error):
        self.gadload.child.stdin.close()
        self.gadload.child.stderr.close()
        self.gadload.__exit__(*error)
