"""The servers that are measured behind one face: start, where clients connect, how one publishes."""

import contextlib
import json
import os
import shutil
import socket
import tempfile

from processes import BIN, Process, children, free_port, listens, redis, wait_until

ROOM = "bench"
MESSAGE_SIZE = 128


def envelope(number):
    """A message of exactly MESSAGE_SIZE bytes."""
    head = json.dumps({"event_type": "bench", "message_id": f"{number:012d}", "data": {"p": ""}}, separators=(",", ":"))
    return (head[:-3] + "x" * (MESSAGE_SIZE - len(head)) + head[-3:]).encode()


class Server:
    """What `with` starts and stops; a start that fails half-way leaves nothing running."""

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.start(stack)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self.stack.__exit__(*error)


class Gadgate(Server):
    name = "gadgate"
    path = "/ws/connect"
    subscribe = json.dumps({"event_type": "subscribe", "data": {"events": [ROOM]}}).encode()
    delivery_bytes = MESSAGE_SIZE + 4

    def start(self, stack):
        directory = stack.enter_context(tempfile.TemporaryDirectory())
        self.redis = stack.enter_context(redis())
        self.port = free_port()
        supervisor = stack.enter_context(Process(
            os.path.join(BIN, "gadgate"), "serve", "--workers", "1", "--port", str(self.port), "--insecure-anonymous",
            "--redis", f"redis://127.0.0.1:{self.redis.port}", "--run-dir", os.path.join(directory, "run")))
        wait_until(lambda: listens(self.port), "gadgate listening")
        self.pid = children(supervisor.pid)[0]
        self.publisher = stack.enter_context(socket.create_connection(("127.0.0.1", self.redis.port)))

    def publish(self, first, count):
        channel = f"gad:room:{ROOM}"
        command = b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%d\r\n" % (len(channel), channel.encode(), MESSAGE_SIZE)
        self.publisher.sendall(b"".join(command + envelope(first + i) + b"\r\n" for i in range(count)))
        self.publisher.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            self.publisher.recv(65536)
        self.publisher.setblocking(True)


class Nats(Server):
    name = "nats-server"
    path = "/"
    subscribe = b'CONNECT {"verbose":false,"pedantic":false}\r\nSUB bench 1\r\nPING\r\n'
    # Several messages may share a frame, so that frame headers are not counted.
    delivery_bytes = len(f"MSG bench 1 {MESSAGE_SIZE}\r\n") + MESSAGE_SIZE + 2

    def start(self, stack):
        directory = stack.enter_context(tempfile.TemporaryDirectory())
        self.port, tcp = free_port(), free_port()
        configuration = os.path.join(directory, "nats.conf")
        with open(configuration, "w") as file:
            file.write(
                f'listen: "127.0.0.1:{tcp}"\nmax_connections: 20000\n'
                f'websocket {{ listen: "127.0.0.1:{self.port}", no_tls: true }}\n')
        self.pid = stack.enter_context(Process("nats-server", "-c", configuration)).pid
        wait_until(lambda: listens(self.port), "nats-server listening")
        self.publisher = stack.enter_context(socket.create_connection(("127.0.0.1", tcp)))
        self.publisher.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')

    def publish(self, first, count):
        self.publisher.sendall(
            b"".join(b"PUB bench %d\r\n%s\r\n" % (MESSAGE_SIZE, envelope(first + i)) for i in range(count)))


def installed():
    """Our gateway, then the peers that this machine has."""
    return [Gadgate] + ([Nats] if shutil.which("nats-server") else [])
