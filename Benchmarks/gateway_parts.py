"""What is measured of each server, one function a part. Each gives back a list of (what, value, unit, remark, which is better).

A remark begins with `client-bound` where the clients had no time left.
"""

import threading
import time

import load
from processes import demand_seconds
from servers import CRITICAL_ROOM_PREFIX
from websocket_clients import Clients

ROOMS = ["--rooms", "1", "--room-prefix", "bench"]
AS_FAST_AS_IT_GOES = 1_000_000


class Size:
    """How much of everything: the whole, or enough to see that it works."""

    def __init__(self, quick):
        self.idle = 500 if quick else 5_000
        self.idle_tls = 300 if quick else 5_000
        self.single = [(200, 50)] if quick else [(1_000, 300), (5_000, 60)]
        self.saturated_clients = 200 if quick else 1_000
        self.saturated_seconds = 2 if quick else 10
        self.latency = [200] if quick else [1_000, 5_000, 15_000]
        self.latency_seconds = 3 if quick else 15
        self.connects = 1_000 if quick else 10_000
        self.storm = 500 if quick else 10_000
        self.critical_clients = 200 if quick else 1_000
        self.critical_seconds = 3 if quick else 12
        self.stuck_seconds = 3 if quick else 15


def lower(what, value, unit, remark=""):
    return what, value, unit, remark, "lower"


def higher(what, value, unit, remark=""):
    return what, value, unit, remark, "higher"


def bound(share):
    return f"client-bound: the clients were busy for {share:.0%} of the time" if share >= load.BUSY else ""


# MARK: Memory


def memory(server_type, size, certificate):
    """User-space memory that the server took for each idle connection, with warmed-up servers."""
    with server_type() as server:
        return [lower(f"idle connection ({size.idle:,})", grown(server, size.idle, 2_000), "B")]


def memory_tls(server_type, size, certificate):
    with server_type(tls=certificate) as server:
        return [lower(f"idle TLS connection ({size.idle_tls:,})", grown(server, size.idle_tls, 1_000), "B")]


def grown(server, count, rate):
    with load.Connected(server, 200, rate):
        time.sleep(1)
        before = server.memory()
        with load.Connected(server, count, rate):
            time.sleep(2)
            return (server.memory() - before) / count


# MARK: Throughput


def single(server_type, size, certificate):
    """Publishes the next message only when every client has the one before."""
    return [row for connections, messages in size.single for row in one_at_a_time(server_type, connections, messages)]


def one_at_a_time(server_type, connections, messages):
    with server_type() as server:
        clients = Clients(connections, server.port, server.path, server.subscribe)
        received, cpu = clients.received, server.cpu()
        for number in range(messages):
            target = received + (number + 1) * connections * server.delivery_bytes
            server.publish(number, 1)
            deadline = time.monotonic() + 10
            while clients.received < target and time.monotonic() < deadline:
                clients.drain(0.1)
        cpu = server.cpu() - cpu
        deliveries = (clients.received - received) // server.delivery_bytes
        clients.close()
    lost = connections * messages - deliveries
    remark = f"{lost:,} lost" if lost > 0 else ""
    return [higher(f"one at a time, {connections:,} connections", deliveries / max(cpu, 0.01), "/CPU s", remark)]


def saturated(server_type, size, certificate):
    """Offers 500 messages a second, more than one write a message can deliver; counts what arrives in the end."""
    offered_per_second, connections = 500, size.saturated_clients
    messages = offered_per_second * size.saturated_seconds
    with server_type() as server:
        clients = Clients(connections, server.port, server.path, server.subscribe)
        received, cpu, own, start, sent = clients.received, server.cpu(), demand_seconds(), time.monotonic(), 0
        while sent < messages:
            due = min(int((time.monotonic() - start) * offered_per_second) + 1, messages)
            if due > sent:
                server.publish(sent, due - sent)
                sent = due
            clients.drain(0.002)
        clients.drain_until_quiet(1.5, limit=60)
        seconds, own = time.monotonic() - start - 1.5, demand_seconds() - own
        cpu = server.cpu() - cpu
        deliveries = (clients.received - received) // server.delivery_bytes
        clients.close()
    offered = messages * connections
    deliveries = min(deliveries, offered)
    what = f"saturated, {connections:,} x {offered_per_second}/s"
    return [
        higher(what, deliveries / max(cpu, 0.01), "/CPU s", bound(own / seconds)),
        lower(what + ", lost", offered - deliveries, ""),
        lower(what + ", all out after", seconds, "s"),
    ]


# MARK: Latency


def latency(server_type, size, certificate):
    """From publishing to the client's read, at 20,000 deliveries a second whatever the number of connections."""
    rows = []
    for connections in size.latency:
        with server_type() as server:
            report = load.run(
                server, "--clients", connections, "--connect-rate", 3_000, *ROOMS, "--publish-rate",
                max(1, round(20_000 / connections, 2)), "--duration", size.latency_seconds)
        if report is None:
            rows.append(lower(f"latency p99, {connections:,} connections", None, "ms", "no report in time"))
            continue
        remark = "; ".join(filter(None, [bound(report["client_load"]["receiving"]), faults(report)]))
        for name, key in (("p50", "p50_seconds"), ("p99", "p99_seconds"), ("p99.9", "p999_seconds")):
            rows.append(lower(
                f"latency {name}, {connections:,} connections", milliseconds(report["latency"].get(key)), "ms", remark))
    return rows


def milliseconds(seconds):
    return None if seconds is None else 1_000 * seconds


def faults(report):
    """In words, what did not arrive as it should have."""
    deliveries = report["deliveries"]
    parts = [f"{deliveries[key]:,} {key.replace('_', ' ')}" for key in ("lost", "duplicates", "out_of_order")
             if deliveries[key]]
    missing = report["clients"]["asked"] - report["clients"]["subscribed_at_end"]
    return ", ".join(parts + [f"{missing:,} clients missing"] * (missing > 0))


# MARK: Connecting


def connect(server_type, size, certificate):
    """Connections a second, subscription included, as fast as one client process can."""
    with server_type() as server:
        report = load.run(
            server, "--clients", size.connects, "--connect-rate", AS_FAST_AS_IT_GOES, *ROOMS, "--publish", "none",
            "--duration", 0.1, publish=False)
    if report is None:
        return [higher(f"connect rate ({size.connects:,})", None, "/s", "no report in time")]
    remark = bound(report["client_load"]["connecting"])
    return [higher(f"connect rate ({size.connects:,})", report["connecting"].get("per_second"), "/s", remark)]


def storm(server_type, size, certificate):
    """Every client loses its connection at once and comes back with backoff: full jitter of half a second, doubled."""
    what = f"storm of {size.storm:,}"
    with server_type() as server, PeakLag(server) as lag:
        report = load.run(
            server, "--clients", size.storm, "--connect-rate", 2_500, *ROOMS, "--publish", "none", "--duration", 4,
            "--storm", size.storm, "--at", 2, publish=False, limit=240)
    if report is None or "storm" not in report:
        return [lower(what + ", all back after", None, "s", "no report in time")]
    came = report["storm"]
    missing = came["dropped"] - came["returned"]
    remark = f"{missing:,} never came back" if missing else ""
    rows = [
        lower(what + ", all back after", came["all_back_seconds"], "s", remark),
        lower(what + ", back p99", came["absence"].get("p99_seconds"), "s"),
        lower(what + ", answered 503", came["refusals"], ""),
    ]
    return rows + ([lower(what + ", peak loop lag", 1_000 * lag.peak, "ms")] if lag.peak is not None else [])


class PeakLag:
    """The worst delay of the worker's event loops that it told of while the block lasted; ours only."""

    def __init__(self, server):
        self.server, self.peak = server, None
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def __enter__(self):
        if hasattr(self.server, "sample"):
            self.thread.start()
        return self

    def watch(self):
        while not self.stop.wait(0.2):
            sample = self.server.sample()
            if sample:
                self.peak = max(self.peak or 0, sample.get("loop_lag_seconds", 0))

    def __exit__(self, *error):
        self.stop.set()
        if self.thread.is_alive():
            self.thread.join()


# MARK: Critical lane


def critical(server_type, size, certificate):
    """Latency of one room while another, of the same clients, is offered more than can be delivered."""
    what = "critical latency"
    if not server_type.can_take_two_rooms:
        return [lower(f"{what} p99, best effort saturated", None, "ms", "one room a connection")]
    with server_type(tokens=True) as server:
        report = load.run(
            server, "--clients", size.critical_clients, "--connect-rate", 2_000, *ROOMS, "--critical-rooms", 1,
            "--critical-prefix", CRITICAL_ROOM_PREFIX, "--rate", 1_500, "--critical-rate", 20, "--duration",
            size.critical_seconds, limit=150)
    if report is None:
        return [lower(f"{what} p99, best effort saturated", None, "ms", "no report in time")]
    classes, remark = report["classes"], bound(report["client_load"]["receiving"])
    lost = classes["critical"]["deliveries"]["lost"]
    figures = classes["critical"]["latency"]
    best = classes["best_effort"]["deliveries"]
    return [
        lower(f"{what} p50, best effort saturated", milliseconds(figures.get("p50_seconds")), "ms", remark),
        lower(f"{what} p99, best effort saturated", milliseconds(figures.get("p99_seconds")), "ms", remark),
        lower("critical lost in that", lost, ""),
        higher("best effort delivered in that", best["received"] / size.critical_seconds, "/s",
               f"{best['lost']:,} lost" if best["lost"] else ""),
    ]


# MARK: Stuck readers


def stuck(server_type, size, certificate):
    """Latency of those who read while 20 of 500 read nothing, beside a run in which all do."""
    rows = []
    for count in (0, 20):
        with server_type() as server:
            report = load.run(
                server, "--clients", 500, "--stuck", count, "--connect-rate", 2_000, *ROOMS, "--rate", 400,
                "--message-size", 1_024, "--duration", size.stuck_seconds, limit=150)
        what = f"400/s of 1 KB to 500, {count} stuck"
        if report is None:
            rows.append(lower(f"{what}, p99", None, "ms", "no report in time"))
            continue
        remark = "; ".join(filter(None, [bound(report["client_load"]["receiving"]), faults(report)]))
        for name, key in (("p50", "p50_seconds"), ("p99", "p99_seconds")):
            rows.append(lower(f"{what}, {name}", milliseconds(report["latency"].get(key)), "ms", remark))
    return rows


PARTS = {
    "memory": memory, "memory-tls": memory_tls, "single": single, "saturated": saturated, "latency": latency,
    "connect": connect, "storm": storm, "critical": critical, "stuck": stuck,
}
