"""Admin sockets of many workers that do not exist: each answers `/v1/stream` with compact samples, once a second, and
`/v1/stats/recent` with two of them.

    simulated_workers.py DIRECTORY COUNT [--busy] [--hung] [--rooms N]

Without --busy every worker's rates stay the same from second to second; with it they change. With --hung there is one
more that takes connections and answers nothing. With --rooms every worker holds that many rooms, and names other
largest ones than its neighbours.
"""

import os
import random
import select
import socket
import sys
import time


def leb128(value):
    out = bytearray()
    value &= (1 << 64) - 1
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(value):
    return leb128(len(value)) + value.encode()


class Worker:
    """One simulated worker; its sample has the fields of `WorkerSample+Compact.swift`, in their order."""

    # As many as a sample names at most.
    NAMED_ROOMS = 24

    def __init__(self, index, busy, rooms):
        self.id, self.index, self.busy = f"sim-w{index}", index, busy
        self.started = int((time.time() - 3600) * 1e6)
        self.connections, self.seconds = 1000 + 7 * (index % 40), 0
        self.room_count = rooms or 12
        first = index * self.NAMED_ROOMS
        self.named = [(f"citizen:room-{(first + offset) % rooms}", "best_effort", 90 + offset)
                      for offset in range(self.NAMED_ROOMS - 3)] if rooms else []
        self.out = self.received = 0
        self.latency = {10: 0, 33: 0, 60: 0, 90: 0}
        self.streams = set()
        self.before, self.latest = b"", self.frame(time.time() - 1)

    def step(self):
        jitter = random.randint(-40, 40) if self.busy else 0
        self.seconds += 1
        self.out += 20000 + 10 * self.index + 25 * jitter
        self.received += 200 + jitter
        for bucket, share in zip(self.latency, (50, 40, 8, 2)):
            self.latency[bucket] += share
        if self.busy:
            self.connections += random.randint(-3, 3)
        self.before, self.latest = self.latest, self.frame(time.time())

    def frame(self, now):
        rooms = [("gov:alerts:critical", "critical", self.connections), ("ops:field:north", "important", 300),
                 ("citizen:notifications", "best_effort", 200), *self.named]
        breakers = ("publish", "registry", "stream")
        parts = [
            b"\x03", text(self.id), text("sim"), text("0.1.0"), leb128(1000 + self.index), leb128(int(now * 1e6)),
            leb128(self.started), text("active"),
            leb128(self.connections), leb128(self.room_count), leb128(len(rooms)),
            *(text(name) + text(kind) + leb128(count) for name, kind, count in rooms), leb128(0),
            leb128(300), leb128(0), leb128(self.connections + 30), leb128(20000), leb128(50 << 20), text("closed"),
            leb128(0),
            leb128(len(breakers)),
            *(text(name) + text("closed") + leb128(self.started) + leb128(0) * 4 for name in breakers),
            leb128(0), leb128(0), *[leb128(0)] * 3, leb128(300), leb128(200000), text("127.0.0.1:6379"),
            leb128(self.seconds * 1000), leb128(5000), leb128(3), leb128(1), leb128(1006) + leb128(9),
            *[leb128(0)] * 7,
            *[leb128(0), leb128(0), leb128(self.received)], *[leb128(0), leb128(0), leb128(self.out)],
            *[leb128(0)] * 3, *[leb128(0)] * 3, *[leb128(0)] * 6,
            leb128(sum(bucket * count for bucket, count in self.latency.items())), leb128(len(self.latency)),
            *(leb128(bucket) + leb128(count) for bucket, count in self.latency.items()),
            leb128(0), leb128(0),
        ]
        body = b"".join(parts)
        return leb128(len(body)) + body


def serve(directory, count, busy, hung, rooms):
    poll, listeners, readers = select.epoll(), {}, {}
    if hung:
        deaf = socket.socket(socket.AF_UNIX)
        deaf.bind(os.path.join(directory, "hung-w0.sock"))
        deaf.listen(8)
    for index in range(count):
        worker = Worker(index, busy, rooms)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.path.join(directory, f"{worker.id}.sock"))
        listener.listen(8)
        listeners[listener.fileno()] = (listener, worker)
        poll.register(listener.fileno(), select.EPOLLIN)
    print("ready", flush=True)
    next_second = int(time.time()) + 1
    while True:
        for descriptor, _ in poll.poll(max(0, next_second - time.time())):
            if descriptor in listeners:
                listener, worker = listeners[descriptor]
                reader, _ = listener.accept()
                readers[reader.fileno()] = (reader, worker)
                poll.register(reader.fileno(), select.EPOLLIN)
            elif not answer(*readers[descriptor]):
                poll.unregister(descriptor)
                reader, worker = readers.pop(descriptor)
                worker.streams.discard(reader)
                reader.close()
        if time.time() >= next_second:
            next_second += 1
            for _, worker in listeners.values():
                worker.step()
                for reader in worker.streams:
                    push(reader, worker)


def answer(reader, worker):
    """Reads a request, or the end of the connection."""
    try:
        request = reader.recv(65536)
        if not request:
            return False
        reader.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.gad.samples\r\n")
        if request.startswith(b"GET /v1/stats/recent "):
            body = worker.before + worker.latest
            reader.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        else:
            reader.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
            worker.streams.add(reader)
            push(reader, worker)
    except OSError:
        return False
    return True


def push(reader, worker):
    try:
        reader.sendall(b"%x\r\n%s\r\n" % (len(worker.latest), worker.latest))
    except OSError:
        pass


if __name__ == "__main__":
    rooms = int(sys.argv[sys.argv.index("--rooms") + 1]) if "--rooms" in sys.argv else 0
    serve(sys.argv[1], int(sys.argv[2]), "--busy" in sys.argv, "--hung" in sys.argv, rooms)
