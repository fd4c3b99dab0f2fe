"""A failover drill with somebody beside it who knows nothing of probes: clients of each worker that publish to one
another, each with a clock and a list of when messages came.

The drill says how long each worker was without messages through Pub/Sub; the clients say how long they were.
"""

import base64
import contextlib
import datetime
import hashlib
import hmac
import json
import os
import select
import subprocess
import tempfile
import threading
import time

from fleet import GADTOP, SECRET, Fleet
from processes import Process, free_port, listens, wait_until
from websocket_clients import masked_frame, opened

MASTER, SENTINELS, REPLICAS, WORKERS = "gad", 3, 2, 2
ROOM = "observed"
# As the drill has it: less is how messages come.
SHORTEST_GAP = 0.1
# Anyone publishes, and a critical message is acknowledged by a replica too.
CONFIGURATION = "access: {publish: any_role}\nstreams: {replicas: 1}\n"


def cli(port, *words):
    return subprocess.run(["redis-cli", "-p", str(port), *words], capture_output=True, text=True).stdout


def follows(port):
    return "master_link_status:up" in cli(port, "info", "replication")


class Sentinels:
    """A primary, its replicas and the Sentinels that watch them."""

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="gadbench-"))
            primary = self.server(stack)
            replicas = [self.server(stack, "--replicaof", "127.0.0.1", str(primary)) for _ in range(REPLICAS)]
            self.ports = [self.sentinel(stack, primary) for _ in range(SENTINELS)]
            wait_until(lambda: all(follows(port) for port in replicas), "every replica following its primary", 60)
            wait_until(self.know_all, "every Sentinel knowing the others and that the replicas follow", 60)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self.stack.__exit__(*error)

    def server(self, stack, *options):
        port = free_port()
        place = os.path.join(self.directory, str(port))
        os.mkdir(place)
        stack.enter_context(Process(
            "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", place, *options))
        wait_until(lambda: listens(port), "redis-server listening")
        return port

    def sentinel(self, stack, primary):
        port = free_port()
        path = os.path.join(self.directory, f"sentinel-{port}.conf")
        with open(path, "w") as file:
            file.write(
                f"sentinel monitor {MASTER} 127.0.0.1 {primary} {SENTINELS // 2 + 1}\n"
                f"sentinel down-after-milliseconds {MASTER} 1000\nsentinel failover-timeout {MASTER} 6000\n"
                f"sentinel parallel-syncs {MASTER} 8\n")
        stack.enter_context(Process(
            "redis-server", path, "--sentinel", "--bind", "127.0.0.1", "--port", str(port), "--dir", self.directory))
        wait_until(lambda: listens(port), "a Sentinel listening")
        return port

    def know_all(self):
        for port in self.ports:
            words = cli(port, "sentinel", "master", MASTER).split("\n")
            facts = dict(zip(words[::2], words[1::2]))
            if facts.get("num-slaves") != str(REPLICAS) or facts.get("num-other-sentinels") != str(SENTINELS - 1):
                return False
            if cli(port, "sentinel", "replicas", MASTER).count("master-link-status\nok") != REPLICAS:
                return False
        return True

    @property
    def options(self):
        return ["--sentinel", ",".join(f"127.0.0.1:{port}" for port in self.ports), "--master", MASTER]


class Observer(threading.Thread):
    """One client a worker: publishes every `INTERVAL`, and notes when messages of the other workers' clients come."""

    INTERVAL = 0.01

    def __init__(self, fleet):
        super().__init__(daemon=True)
        self.clients = [self.client(fleet, index) for index in range(len(fleet.names))]
        self.arrivals = [[] for _ in self.clients]
        self.over = False

    @staticmethod
    def client(fleet, worker):
        port = json.loads(fleet.ask("GET", "/v1/identity", worker=worker)[1])["worker_port"]
        client = opened(port, f"/ws/connect?token={token('observer')}")
        client.sendall(masked_frame(json.dumps({"event_type": "subscribe", "data": {"events": [ROOM]}}).encode()))
        client.setblocking(False)
        return client

    def run(self):
        poll = select.poll()
        places = {client.fileno(): index for index, client in enumerate(self.clients)}
        for descriptor in places:
            poll.register(descriptor, select.POLLIN)
        number, following = 0, time.monotonic()
        while not self.over:
            if time.monotonic() >= following:
                number, following = number + 1, following + self.INTERVAL
                self.publish(number)
            for descriptor, _ in poll.poll(max(0, 1000 * (following - time.monotonic()))):
                self.read(places[descriptor])

    def publish(self, number):
        for index, client in enumerate(self.clients):
            envelope = {"event_type": "observed", "message_id": f"o-{index}-{number}", "topic": ROOM, "data": {}}
            with contextlib.suppress(BlockingIOError):
                client.send(masked_frame(json.dumps({"event_type": "publish", "data": envelope}).encode()))

    def read(self, index):
        """What came by way of Redis: a worker gives its own clients' messages to its clients also without one."""
        chunk, now = self.clients[index].recv(1 << 18), time.time()
        if not chunk:
            raise SystemExit("bench: a worker closed the observer's connection")
        others = (f'"message_id":"o-{other}-'.encode() for other in range(len(self.clients)) if other != index)
        if b'"event_type":"observed"' in chunk and any(mark in chunk for mark in others):
            self.arrivals[index].append(now)
        if b'"event_type":"ping"' in chunk:
            self.clients[index].send(masked_frame(b'{"event_type":"pong"}'))

    def gaps(self, since):
        """The longest time without a message that ended after a moment, by worker; shorter ones are no gap."""
        longest = [max(after - before for before, after in zip(times, times[1:]) if after >= since)
                   for times in self.arrivals]
        return [gap if gap >= SHORTEST_GAP else 0 for gap in longest]


def token(user):
    """A JSON web token (RFC 7519) that the fleet's secret signs."""
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    claims = {"sub": user, "role": "ADMIN", "exp": int(time.time()) + 600}
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    return (text + b"." + part(hmac.new(SECRET.encode(), text, hashlib.sha256).digest())).decode()


def measure(mode):
    with Sentinels() as sentinels, Fleet(WORKERS, CONFIGURATION, sentinels.options) as fleet:
        observer = Observer(fleet)
        observer.start()
        path = os.path.join(fleet.directory, "drill.json")
        drill = subprocess.run(
            [GADTOP, "drill", "failover", "--mode", mode, "--report", path, "--yes", "--run-dir", fleet.run],
            capture_output=True, text=True, timeout=300)
        observer.over = True
        observer.join(5)
        if not os.path.exists(path):
            raise SystemExit(f"bench: the drill did not come to a report: {drill.stderr.strip()[-2000:]}")
        with open(path) as file:
            report = json.load(file)
    triggered = datetime.datetime.fromisoformat(report["triggered_at"]).timestamp()
    return words(mode, report, observer.gaps(since=triggered))


def words(mode, report, gaps):
    told = {account["worker"]: {lane["lane"]: lane for lane in account["lanes"]} for account in report["workers"]}
    parts, worst = [], 0
    for index, gap in enumerate(gaps):
        lanes = told[f"bench-w{index}"]
        by_drill = lanes["pubsub"]["gap_seconds"]
        worst = max(worst, abs(gap - by_drill))
        parts.append(f"bench-w{index} {by_drill:.3f} s, observed {gap:.3f} s")
    critical = [lanes["stream"] for lanes in told.values()]
    verdict = report["verdict"] + "".join(f" ({reason})" for reason in report["reasons"])
    return (f"drill failover, {mode}: {verdict}; longest gap through Pub/Sub of " + "; ".join(parts)
            + f": they differ by {1000 * worst:.0f} ms at most; critical: "
            f"{sum(lane['received'] for lane in critical):,} received, {sum(lane['lost'] for lane in critical)} lost, "
            f"{sum(lane['duplicated'] for lane in critical)} twice")
