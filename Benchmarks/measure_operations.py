"""What operations do to a fleet under load: a drain, a rebalance, single commands, and a look at a large fleet."""

import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from load import GADLOAD
from processes import BIN, Process, free_port, listens, redis, wait_until

GADTOP = os.path.join(BIN, "gadtop")
HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = "a secret for benchmarks only, of 32 bytes and more"
# A critical message goes to every client of one of these rooms.
CRITICAL = ["--critical-rooms", "20", "--critical-rate", "20"]


class Fleet:
    """Workers with a Redis of their own."""

    def __init__(self, workers):
        self.names = [f"bench-w{index}" for index in range(workers)]

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="gadbench-"))
            self.redis, self.port = stack.enter_context(redis()), free_port()
            self.run, self.secret = (os.path.join(directory, name) for name in ("run", "secret"))
            with open(self.secret, "w") as file:
                file.write(SECRET)
            stack.enter_context(Process(
                os.path.join(BIN, "gadgate"), "serve", "--workers", str(len(self.names)), "--port", str(self.port),
                "--node", "bench", "--log-level", "error", "--redis", f"redis://127.0.0.1:{self.redis.port}",
                "--run-dir", self.run, "--jwt-secret-file", self.secret, "--shutdown-deadline", "0"))
            wait_until(lambda: listens(self.port), "gadgate listening")
            wait_until(lambda: len(self.samples()) == len(self.names), "every worker answering")
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self.stack.__exit__(*error)

    def ask(self, method, path, body=None, worker=0):
        """One exchange with a worker on a connection of its own, as a command has it."""
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

    def samples(self):
        with contextlib.suppress(OSError, ValueError):
            return [json.loads(self.ask("GET", "/v1/stats", worker=index)[1]) for index in range(len(self.names))]
        return []

    def connections(self):
        return [sample["connections"] for sample in self.samples()]

    def planned_closes(self):
        return sum(sample.get("planned_closes_total", 0) for sample in self.samples())

    def gadtop(self, *arguments):
        """A command's outcome; one that fails ends the measurement."""
        done = subprocess.run(
            [GADTOP, *arguments, "--run-dir", self.run, "-o", "json"], capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise SystemExit(f"bench: gadtop {' '.join(arguments)}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def away(self, workers):
        """Drains workers, so that whoever connects goes to the others."""
        self.gadtop("drain", *(self.names[index] for index in workers), "--deadline", "2s", "--parallel",
                    str(len(workers)), "--yes")

    def back(self, workers):
        self.gadtop("undrain", *(self.names[index] for index in workers), "--yes")


class Clients:
    """gadload beside what is measured; what it received says what the measurement cost."""

    def __init__(self, fleet, count, *options):
        self.fleet, self.count, self.options = fleet, count, options

    def __enter__(self):
        self.output = tempfile.TemporaryFile()
        self.progress = tempfile.TemporaryFile()
        self.process = Process(
            GADLOAD, "run", "--url", f"ws://127.0.0.1:{self.fleet.port}/ws/connect", "--token-secret-file",
            self.fleet.secret, "--clients", str(self.count), "--connect-rate", "2000", "--rooms", "20", "--duration",
            "0", "-o", "json", *self.options, stdout=self.output, stderr=self.progress)
        before = sum(self.fleet.connections())
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.process)
            wait_until(lambda: sum(self.fleet.connections()) >= before + self.count, "every client connected", 120)
            stack.pop_all()
        return self

    def __exit__(self, *error):
        self.process.__exit__(*error)

    def report(self):
        self.process.child.terminate()
        self.process.child.wait(60)
        self.output.seek(0)
        return json.loads(self.output.read())


def publishing(fleet):
    return ["--publish", "redis", "--redis", f"redis://127.0.0.1:{fleet.redis.port}", "--rate", "20", *CRITICAL]


def critical(report):
    figures = report["classes"]["critical"]
    return f"critical: {figures['deliveries']:,} delivered, {figures['lost']} lost, {figures['duplicates']} twice"


def drain(count, rate):
    with Fleet(3) as fleet:
        fleet.away([1, 2])
        with Clients(fleet, count, *publishing(fleet)) as clients:
            fleet.back([1, 2])
            start = time.monotonic()
            outcome = fleet.gadtop("drain", fleet.names[0], "--rate", f"{rate}/s", "--yes")
            whole = time.monotonic() - start
            phases = json.loads(fleet.ask("GET", "/v1/drain")[1])
            left, report = fleet.connections(), clients.report()
    theory = count / rate
    print(f"  drain of {count:,} connections at {rate}/s: {outcome['duration_seconds']:.1f} s, the command {whole:.1f} s,"
          f" in theory {theory:.1f} s ({100 * (outcome['duration_seconds'] / theory - 1):+.0f}%); then {left};"
          f" {critical(report)}")
    return phases


def rebalance(count, rate):
    with Fleet(4) as fleet, contextlib.ExitStack() as stack:
        fleet.away([1, 2, 3])
        stack.enter_context(Clients(fleet, count * 6 // 10))
        fleet.back([1, 2, 3])
        with Clients(fleet, count * 4 // 10, *publishing(fleet)) as clients:
            uneven, closes = fleet.connections(), fleet.planned_closes()
            plan = fleet.gadtop("rebalance", "--rate", f"{rate}/s", "--dry-run")
            start = time.monotonic()
            outcome = fleet.gadtop("rebalance", "--rate", f"{rate}/s", "--yes")
            seconds = time.monotonic() - start
            even, closes = fleet.connections(), fleet.planned_closes() - closes
            report = clients.report()
    print(f"  rebalance of {uneven} at {rate}/s: {seconds:.1f} s, then {even}; {closes} closes,"
          f" {plan.get('moves', '?')} planned; {outcome['outcome']}; {critical(report)}")


def commands(count):
    """A mutation has its record in the audit before and after, both acknowledged by Redis."""
    with Fleet(1) as fleet:
        reads, acts = [], []
        for index in range(count):
            reads.append(timed(fleet, "GET", "/v1/stats"))
            throttle = {"pattern": "bench:*", "rate_per_second": 100 + index, "reason": "bench", "duration_seconds": 60}
            acts.append(timed(fleet, "POST", "/v1/throttles", throttle))
    for name, times in (("stats", reads), ("throttle set", acts)):
        print(f"  round trip of {name} on a unix socket: p50 {1000 * statistics.median(times):.2f} ms,"
              f" p99 {1000 * sorted(times)[len(times) * 99 // 100]:.2f} ms")


def timed(fleet, *request):
    start = time.monotonic()
    status, body = fleet.ask(*request)
    if status >= 300:
        raise SystemExit(f"bench: {request}: {status} {body!r}")
    return time.monotonic() - start


def large_fleet(workers, rounds):
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o750)
        simulation = Process(
            sys.executable, os.path.join(HERE, "simulated_workers.py"), directory, str(workers - 1), "--hung",
            stdout=subprocess.PIPE)
        with simulation:
            simulation.child.stdout.readline()
            time.sleep(2)
            times = []
            for _ in range(rounds):
                start = time.monotonic()
                done = subprocess.run([GADTOP, "get", "workers", "--run-dir", directory, "-o", "json"], capture_output=True)
                times.append(time.monotonic() - start)
            listed = json.loads(done.stdout)
    stale = sum(worker["stale"] for worker in listed)
    print(f"  get workers of {len(listed)}, {stale} of them hung: {1000 * statistics.median(times):.0f} ms, exit status"
          f" {done.returncode}")


def main(quick=False):
    print("operations: workers, clients and commands on one machine")
    commands(20 if quick else 200)
    large_fleet(200, 2 if quick else 7)
    drain(1_000 if quick else 10_000, 500)
    rebalance(1_000 if quick else 10_000, 100 if quick else 200)


if __name__ == "__main__":
    main("--quick" in sys.argv)
