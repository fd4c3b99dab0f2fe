"""The servers that are measured behind one face: start, where clients connect, how one publishes."""

import contextlib
import importlib.util
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile

from processes import BIN, Process, children, cpu_seconds, free_port, listens, own_bytes, redis, wait_until
from websocket_clients import masked_frame, opened

ROOM = "bench0"
CRITICAL_ROOM_PREFIX = "gov:bench"
MESSAGE_SIZE = 128
HERE = os.path.dirname(os.path.abspath(__file__))
NCHAN = "/usr/lib/nginx/modules/ngx_nchan_module.so"


def envelope(number):
    """A message of exactly MESSAGE_SIZE bytes."""
    head = json.dumps({"event_type": "bench", "message_id": f"{number:012d}", "data": {"p": ""}}, separators=(",", ":"))
    return (head[:-3] + "x" * (MESSAGE_SIZE - len(head)) + head[-3:]).encode()


class Server:
    """What `with` starts and stops; a start that fails half-way leaves nothing running.

    `pids` are the server's processes whose CPU time and memory count; a Redis beside it does not.
    """

    # How gadload speaks to it, and what it publishes through.
    dialect = "gad"
    # Bytes in front of each delivered message; frames of a NATS server are not counted, for messages share them.
    overhead = 4
    can_take_two_rooms = True

    def __init__(self, tls=None, tokens=False):
        """`tls` is a `Certificate`; with `tokens`, clients need one, which lets them into critical rooms."""
        self.tls, self.tokens = tls, tokens

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="gadbench-"))
            self.port = free_port()
            self.start(stack)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self.stack.__exit__(*error)

    def file(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def listening(self):
        wait_until(lambda: listens(self.port), f"{self.name} listening")

    @property
    def delivery_bytes(self):
        return MESSAGE_SIZE + self.overhead

    @property
    def url(self):
        return f"{'wss' if self.tls else 'ws'}://127.0.0.1:{self.port}{self.path}"

    def cpu(self):
        return sum(cpu_seconds(pid) for pid in self.pids)

    def memory(self):
        return own_bytes(self.pids)

    def gadload(self, publish=True):
        """Options of gadload for connecting, and for publishing."""
        options = ["--url", self.url, "--dialect", self.dialect]
        if self.tls:
            options += ["--ca", self.tls.path]
        return options + (self.publishing() if publish else [])


class Certificate:
    """A certificate of 127.0.0.1 that signs itself, for as long as its `with` block lasts."""

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="gadbench-")
        self.path, self.key = (os.path.join(self.directory.name, name) for name in ("cert.pem", "key.pem"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.key, "-out",
             self.path], check=True, capture_output=True)
        return self

    def __exit__(self, *error):
        self.directory.__exit__(*error)


class Redis:
    """The part of a server that publishes through Redis."""

    path = "/ws/connect"
    subscribe = json.dumps({"event_type": "subscribe", "data": {"events": [ROOM]}}).encode()

    def start_redis(self, stack):
        self.redis = stack.enter_context(redis())
        self.publisher = stack.enter_context(socket.create_connection(("127.0.0.1", self.redis.port)))

    def publish(self, first, count):
        channel = f"gad:room:{ROOM}"
        command = b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%d\r\n" % (len(channel), channel.encode(), MESSAGE_SIZE)
        self.publisher.sendall(b"".join(command + envelope(first + i) + b"\r\n" for i in range(count)))
        discard(self.publisher)

    def publishing(self):
        return ["--publish", "redis", "--redis", f"redis://127.0.0.1:{self.redis.port}"]


class Gadgate(Redis, Server):
    name = "gadgate"
    program = os.path.join(BIN, "gadgate")
    SECRET = "a secret for benchmarks only, of 32 bytes and more"

    @classmethod
    def missing(cls, tls=False):
        if not os.access(cls.program, os.X_OK):
            return f"{cls.program} is not built"
        told = subprocess.run([cls.program, "serve", "--help"], capture_output=True, text=True).stdout
        return "this gadgate has no --tls-cert" if tls and "--tls-cert" not in told else None

    def start(self, stack):
        self.start_redis(stack)
        self.run_directory = os.path.join(self.directory, "run")
        options = ["--tls-cert", self.tls.path, "--tls-key", self.tls.key] if self.tls else []
        if self.tokens:
            self.secret = self.file("secret", self.SECRET)
            options += ["--jwt-secret-file", self.secret]
        else:
            options += ["--insecure-anonymous"]
        supervisor = stack.enter_context(Process(
            self.program, "serve", "--workers", "1", "--port", str(self.port), "--node", "bench", "--log-level", "error",
            "--redis", f"redis://127.0.0.1:{self.redis.port}", "--run-dir", self.run_directory, "--shutdown-deadline",
            "0", *options))
        self.listening()
        wait_until(lambda: self.sample(), "the worker's admin socket answering")
        self.pids = children(supervisor.pid)

    def gadload(self, publish=True):
        options = super().gadload(publish)
        return options + ["--token-secret-file", self.secret] if self.tokens else options

    def sample(self):
        """What the worker says of itself; nothing while it does not answer."""
        try:
            with socket.socket(socket.AF_UNIX) as admin:
                admin.settimeout(5)
                admin.connect(os.path.join(self.run_directory, "bench-w0.sock"))
                admin.sendall(b"GET /v1/stats HTTP/1.1\r\nHost: worker\r\nConnection: close\r\n\r\n")
                answer = b"".join(iter(lambda: admin.recv(65536), b""))
            return json.loads(answer[answer.index(b"{"):answer.rindex(b"}") + 1])
        except (OSError, ValueError):
            return None


class Nats(Server):
    name = "nats-server"
    dialect = "nats"
    path = "/"
    subscribe = b'CONNECT {"verbose":false,"pedantic":false}\r\nSUB bench0 1\r\nPING\r\n'
    overhead = len(f"MSG {ROOM} 1 {MESSAGE_SIZE}\r\n") + 2

    @staticmethod
    def missing(tls=False):
        return None if shutil.which("nats-server") else "nats-server is not installed"

    def start(self, stack):
        self.tcp = free_port()
        security = (f'tls {{ cert_file: "{self.tls.path}", key_file: "{self.tls.key}" }}' if self.tls
                    else "no_tls: true")
        configuration = self.file(
            "nats.conf",
            f'listen: "127.0.0.1:{self.tcp}"\nmax_connections: 20000\n'
            f'websocket {{ listen: "127.0.0.1:{self.port}"\n {security} }}\n')
        self.pids = [stack.enter_context(Process("nats-server", "-c", configuration)).pid]
        self.listening()
        self.publisher = stack.enter_context(socket.create_connection(("127.0.0.1", self.tcp)))
        self.publisher.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')

    def publish(self, first, count):
        self.publisher.sendall(
            b"".join(b"PUB %s %d\r\n%s\r\n" % (ROOM.encode(), MESSAGE_SIZE, envelope(first + i)) for i in range(count)))

    def publishing(self):
        return ["--publish", "websocket", "--publish-url", self.url]


class Nchan(Server):
    name = "nginx + nchan"
    dialect = "plain"
    path = f"/sub/{ROOM}"
    subscribe = None
    can_take_two_rooms = False

    @staticmethod
    def missing(tls=False):
        if not shutil.which("nginx"):
            return "nginx is not installed"
        return None if os.path.exists(NCHAN) else "libnginx-mod-nchan is not installed"

    def start(self, stack):
        security = (f"ssl_certificate {self.tls.path}; ssl_certificate_key {self.tls.key};" if self.tls else "")
        temporary = "".join(
            f"{kind}_temp_path {self.directory}/{kind};" for kind in
            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration = self.file("nginx.conf", f"""
            load_module {NCHAN};
            daemon off; user root; worker_processes 1; worker_rlimit_nofile 20000;
            pid {self.directory}/nginx.pid; error_log {self.directory}/error.log crit;
            events {{ worker_connections 19000; }}
            http {{
                access_log off; {temporary}
                nchan_shared_memory_size 256M;
                server {{
                    listen 127.0.0.1:{self.port} {'ssl' if self.tls else ''} backlog=4096; {security}
                    location ~ ^/sub/(\\w+)$ {{
                        nchan_subscriber websocket; nchan_channel_id $1; nchan_subscriber_first_message newest;
                    }}
                    location ~ ^/pub/(\\w+)$ {{
                        nchan_publisher websocket http; nchan_channel_id $1; nchan_message_buffer_length 1000;
                    }}
                }}
            }}""")
        master = stack.enter_context(Process("nginx", "-p", self.directory, "-c", configuration))
        self.listening()
        wait_until(lambda: children(master.pid), "nginx's worker running")
        self.pids = [master.pid] + children(master.pid)
        if not self.tls:
            self.publisher = stack.enter_context(opened(self.port, f"/pub/{ROOM}"))

    def publish(self, first, count):
        self.publisher.sendall(b"".join(masked_frame(envelope(first + i)) for i in range(count)))
        discard(self.publisher)

    def publishing(self):
        return ["--publish", "websocket", "--publish-url", self.url.replace("/sub/", "/pub/")]


class PythonWebsockets(Redis, Server):
    name = "python websockets"

    @staticmethod
    def missing(tls=False):
        return None if importlib.util.find_spec("websockets") else "the Python package websockets is not installed"

    def start(self, stack):
        self.start_redis(stack)
        security = [self.tls.path, self.tls.key] if self.tls else []
        self.pids = [stack.enter_context(Process(
            sys.executable, os.path.join(HERE, "websockets_gateway.py"), str(self.port), str(self.redis.port),
            *security)).pid]
        self.listening()

    def publishing(self):
        # Its clients cannot resume, so that what is kept for them would be for nobody.
        return super().publishing() + ["--no-streams"]


def discard(connection):
    """Reads away what a server answers to a publisher."""
    while select.select([connection], [], [], 0)[0]:
        if not connection.recv(1 << 20):
            raise SystemExit("bench: the server closed the connection that publishes")


SERVERS = [Gadgate, Nats, Nchan, PythonWebsockets]
