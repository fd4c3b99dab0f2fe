"""Many WebSocket clients in one thread that count bytes and parse nothing, so that the server is what is measured."""

import os
import select
import socket
import struct
import time


def masked_frame(payload):
    """A whole text frame as a client sends it (RFC 6455, 5.2)."""
    key = os.urandom(4)
    length = len(payload)
    head = struct.pack("!BB", 0x81, 0x80 | length) if length < 126 else struct.pack("!BBH", 0x81, 0xFE, length)
    return head + key + bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


def opened(port, path, source="127.0.0.1"):
    """A connection whose upgrade is accepted."""
    client = socket.create_connection(("127.0.0.1", port), source_address=(source, 0))
    client.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = client.recv(4096)
        if not chunk:
            raise SystemExit(f"bench: the server closed the handshake: {answer!r}")
        answer += chunk
    if b" 101 " not in answer.split(b"\r\n", 1)[0]:
        raise SystemExit(f"bench: no upgrade: {answer!r}")
    return client


class Clients:
    def __init__(self, count, port, path, subscribe, settle=1.0):
        """Connects `count` clients, sends each `subscribe`, and reads until it has been quiet for `settle` seconds."""
        self.poll = select.epoll()
        self.sockets = {}
        self.received = 0
        for number in range(count):
            self.connect(port, path, subscribe, f"127.0.0.{1 + number // 20000}")
            if number % 50 == 0:
                self.drain(0)
        self.drain_until_quiet(settle)

    def connect(self, port, path, subscribe, source):
        client = opened(port, path, source)
        if subscribe:
            client.sendall(masked_frame(subscribe))
        client.setblocking(False)
        self.sockets[client.fileno()] = client
        self.poll.register(client.fileno(), select.EPOLLIN)

    def drain(self, timeout):
        """Reads what has come; waits at most `timeout` seconds for the first of it."""
        before = self.received
        for descriptor, _ in self.poll.poll(timeout, 512):
            try:
                chunk = self.sockets[descriptor].recv(262144)
            except BlockingIOError:
                continue
            if not chunk:
                raise SystemExit("bench: the server closed a connection during the measurement")
            self.received += len(chunk)
        return self.received - before

    def drain_until_quiet(self, seconds, limit=float("inf")):
        start = last = time.monotonic()
        while time.monotonic() - last < seconds and time.monotonic() - start < limit:
            if self.drain(0.05):
                last = time.monotonic()

    def close(self):
        self.poll.close()
        for client in self.sockets.values():
            client.close()
