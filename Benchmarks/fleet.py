"""A fleet of gadgate's workers with a Redis of its own, clients on it, and gadtop as a script uses it."""

import contextlib
import json
import os
import socket
import subprocess
import tempfile

from load import GADLOAD
from processes import BIN, Process, free_port, listens, redis, wait_until

GADTOP = os.path.join(BIN, "gadtop")
SECRET = "a secret for benchmarks only, of 32 bytes and more"
NODE = "bench"


class Fleet:
    """Workers `bench-w0` and on. A failure on the way up leaves nothing running."""

    def __init__(self, workers, configuration="", redis_options=None):
        """`redis_options` are gadgate's, for a Redis that is there already."""
        self.names = [f"{NODE}-w{index}" for index in range(workers)]
        self.configuration, self.redis_options = configuration, redis_options

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="gadbench-"))
            self.port, self.run = free_port(), os.path.join(self.directory, "run")
            self.secret = self.file("secret", SECRET)
            stack.enter_context(Process(
                os.path.join(BIN, "gadgate"), "serve", "--workers", str(len(self.names)), "--port", str(self.port),
                "--node", NODE, "--log-level", "error", "--run-dir", self.run, "--jwt-secret-file", self.secret,
                "--shutdown-deadline", "0", "--config", self.file("gadgate.yaml", self.configuration),
                *(self.redis_options or self.own_redis(stack))))
            wait_until(lambda: listens(self.port), "gadgate listening")
            wait_until(lambda: len(self.samples()) == len(self.names), "every worker answering")
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self.stack.__exit__(*error)

    def own_redis(self, stack):
        self.redis_url = f"redis://127.0.0.1:{stack.enter_context(redis()).port}"
        return ["--redis", self.redis_url]

    def file(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def ask(self, method, path, body=None, worker=0):
        """One exchange with a worker on a connection of its own, as a command has it: status and body."""
        content = json.dumps(body).encode() if body is not None else b""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.settimeout(5)
            admin.connect(os.path.join(self.run, self.names[worker] + ".sock"))
            admin.sendall(
                f"{method} {path} HTTP/1.1\r\nHost: worker\r\nConnection: close\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
            answer = b"".join(iter(lambda: admin.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body

    def sample(self, worker):
        return json.loads(self.ask("GET", "/v1/stats", worker=worker)[1])

    def samples(self):
        with contextlib.suppress(OSError, ValueError, IndexError):
            return [self.sample(index) for index in range(len(self.names))]
        return []

    def connections(self):
        return [sample["connections"] for sample in self.samples()]

    def planned_closes(self):
        return sum(sample["planned_closes_total"] for sample in self.samples())

    def gadtop(self, *arguments):
        """A command's outcome; one that fails ends the measurement."""
        done = subprocess.run(
            [GADTOP, *arguments, "--run-dir", self.run, "-o", "json"], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise SystemExit(f"bench: gadtop {' '.join(arguments)}: {done.stderr.strip()[-2000:]}")
        return json.loads(done.stdout)

    def away(self, workers):
        """Drains workers, so that whoever connects goes to the others."""
        self.gadtop("drain", *(self.names[index] for index in workers), "--deadline", "2s", "--parallel",
                    str(len(workers)), "--keep", "0%", "--yes")

    def back(self, workers):
        self.gadtop("undrain", *(self.names[index] for index in workers), "--yes")
        # Plans are checked against what the workers last said in the registry.
        wait_until(lambda: all(sample["state"] == "active" for sample in self.samples()), "every worker active")
        wait_until(self.is_known_active, "the registry knowing that every worker is active")

    def is_known_active(self):
        port = self.redis_url.rsplit(":", 1)[1]
        states = [subprocess.run(
            ["redis-cli", "-p", port, "hget", f"gad:worker:{name}", "state"], capture_output=True, text=True
        ).stdout.strip() for name in self.names]
        return set(states) == {"active"}


class Clients:
    """gadload beside what is measured; what it received says what the measurement cost."""

    def __init__(self, fleet, count, *options):
        self.fleet, self.count, self.options = fleet, count, options

    def __enter__(self):
        self.output, self.progress = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        before = sum(self.fleet.connections())
        self.process = Process(
            GADLOAD, "run", "--url", f"ws://127.0.0.1:{self.fleet.port}/ws/connect", "--token-secret-file",
            self.fleet.secret, "--clients", str(self.count), "--connect-rate", "1500", "--rooms", "20", "--duration",
            "0", "-o", "json", *self.options, stdout=self.output, stderr=self.progress)
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.process)
            wait_until(lambda: sum(self.fleet.connections()) >= before + self.count, "every client connected", 120)
            stack.pop_all()
        return self

    def __exit__(self, *error):
        self.process.__exit__(*error)

    def report(self):
        """Ends the clients, which then settle their accounts."""
        self.process.child.terminate()
        self.process.child.wait(120)
        self.output.seek(0)
        return json.loads(self.output.read())
