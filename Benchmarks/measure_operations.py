"""What operations do to a fleet under load: a drain, a rebalance, single commands, a look at a large fleet, a drill."""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import observed_drill
from fleet import GADTOP, Clients, Fleet
from processes import Process

HERE = os.path.dirname(os.path.abspath(__file__))
# A critical message goes to every client of one of these rooms.
CRITICAL_ROOMS, CRITICAL_RATE = 20, 20


class Size:
    """How much of everything: the whole, or enough to see that it works."""

    def __init__(self, quick):
        self.connections = 1_000 if quick else 10_000
        self.drain_rate = 500
        self.rebalance_rate = 100 if quick else 200
        self.exchanges = 20 if quick else 300
        self.workers = 200
        self.looks = 2 if quick else 15


def publishing(fleet):
    return ["--publish", "redis", "--redis", fleet.redis_url, "--rate", "20", "--critical-rooms", str(CRITICAL_ROOMS),
            "--critical-rate", str(CRITICAL_RATE)]


def critical(report):
    account = report["classes"]["critical"]["deliveries"]
    return (f"critical: {account['received']:,} received, {account['lost']} lost, {account['duplicates']} twice, "
            f"{account['not_recovered']} not recovered")


# MARK: Drain


class Emptying(threading.Thread):
    """Notes when a worker begins to drain, and when nobody is left on it."""

    INTERVAL = 0.02

    def __init__(self, fleet, worker):
        super().__init__(daemon=True)
        self.fleet, self.worker, self.began, self.empty = fleet, worker, None, None

    def run(self):
        while self.empty is None:
            asked = time.monotonic()
            drain = json.loads(self.fleet.ask("GET", "/v1/drain", worker=self.worker)[1]).get("drain")
            if drain and self.began is None:
                self.began = asked
            if drain and drain["remaining"] == 0:
                self.empty = asked
            time.sleep(self.INTERVAL)

    @property
    def seconds(self):
        return self.empty - self.began


def drain(size):
    """Three workers, of which the first has all clients."""
    with Fleet(3) as fleet:
        fleet.away([1, 2])
        with Clients(fleet, size.connections, *publishing(fleet)) as clients:
            fleet.back([1, 2])
            emptying = Emptying(fleet, 0)
            emptying.start()
            start = time.monotonic()
            outcome = fleet.gadtop("drain", fleet.names[0], "--rate", f"{size.drain_rate}/s", "--yes")
            whole = time.monotonic() - start
            emptying.join(60)
            left, report = fleet.connections(), clients.report()
    theory = size.connections / size.drain_rate
    off = emptying.seconds / theory - 1
    return (f"drain of {size.connections:,} connections at {size.drain_rate}/s: {emptying.seconds:.2f} s, by the rate "
            f"{theory:.2f} s ({off:+.1%}), the command {whole:.1f} s; then {left}, {outcome['outcome']}; "
            f"{critical(report)}")


# MARK: Rebalance


def rebalance(size):
    """Four workers of which one has 70% of the clients and the others 10% each."""
    with Fleet(4) as fleet, contextlib.ExitStack() as stack:
        fleet.away([1, 2, 3])
        stack.enter_context(Clients(fleet, size.connections * 6 // 10))
        fleet.back([1, 2, 3])
        with Clients(fleet, size.connections * 4 // 10, *publishing(fleet)) as clients:
            uneven, closes = fleet.connections(), fleet.planned_closes()
            plan = fleet.gadtop("rebalance", "--rate", f"{size.rebalance_rate}/s", "--dry-run")
            start = time.monotonic()
            outcome = fleet.gadtop("rebalance", "--rate", f"{size.rebalance_rate}/s", "--yes")
            seconds = time.monotonic() - start
            even, closes = fleet.connections(), fleet.planned_closes() - closes
            report = clients.report()
    mean = sum(even) / len(even)
    worst = max(abs(count / mean - 1) for count in even)
    return (f"rebalance of {uneven} at {size.rebalance_rate}/s: {seconds:.1f} s, then {even}, the farthest {worst:.1%} "
            f"from the mean; {closes:,} closes, {plan['moves']:,} planned; {outcome['outcome']}; {critical(report)}")


# MARK: Commands


def commands(size):
    """A mutation has its record in the audit before and after, both acknowledged by Redis."""
    with Fleet(1) as fleet:
        reads, acts = [], []
        for index in range(size.exchanges):
            reads.append(timed(fleet, "GET", "/v1/stats"))
            throttle = {"pattern": "bench:*", "rate_per_second": 100 + index, "reason": "bench", "for_seconds": 60}
            acts.append(timed(fleet, "POST", "/v1/throttles", throttle))
    lines = [f"{name}: p50 {1000 * statistics.median(times):.2f} ms, p99 "
             f"{1000 * sorted(times)[len(times) * 99 // 100]:.2f} ms"
             for name, times in (("GET /v1/stats", reads), ("POST /v1/throttles", acts))]
    return "round trip on a unix socket, " + "; ".join(lines)


def timed(fleet, *request):
    start = time.monotonic()
    status, body = fleet.ask(*request)
    if status >= 300:
        raise SystemExit(f"bench: {request}: {status} {body!r}")
    return time.monotonic() - start


# MARK: A large fleet


def large_fleet(size):
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o750)
        simulation = Process(
            sys.executable, os.path.join(HERE, "simulated_workers.py"), directory, str(size.workers - 1), "--hung",
            stdout=subprocess.PIPE)
        with simulation:
            simulation.child.stdout.readline()
            # Rates need two samples.
            time.sleep(2)
            times = []
            for _ in range(size.looks):
                start = time.monotonic()
                done = subprocess.run(
                    [GADTOP, "get", "workers", "--run-dir", directory, "-o", "json"], capture_output=True)
                times.append(time.monotonic() - start)
            listed = json.loads(done.stdout)
    stale = sum(worker["stale"] for worker in listed)
    return (f"get workers of {len(listed)}, of which {stale} hung: median {1000 * statistics.median(times):.0f} ms, "
            f"longest {1000 * max(times):.0f} ms, exit status {done.returncode}")


# MARK: All of it

PARTS = {
    "commands": commands, "large-fleet": large_fleet, "drain": drain, "rebalance": rebalance,
    "drill-graceful": lambda size: observed_drill.measure("graceful"),
    "drill-crash": lambda size: observed_drill.measure("crash"),
}


def main(quick=False, only=()):
    print("operations: workers, clients and commands on one machine", flush=True)
    for name, part in PARTS.items():
        if only and name not in only:
            continue
        try:
            print(f"  {part(Size(quick))}", flush=True)
        except (SystemExit, OSError, subprocess.TimeoutExpired) as failure:
            print(f"  {name}: {failure}", flush=True)


if __name__ == "__main__":
    chosen = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    main("--quick" in sys.argv, chosen)
