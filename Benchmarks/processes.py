"""Starts what is measured, reads what the kernel says of it, and stops it again."""

import ctypes
import os
import signal
import socket
import subprocess
import tempfile
import time

BIN = os.environ.get("BIN", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".build", "release"))
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"bench: {what} within {seconds} s did not happen")
        time.sleep(0.02)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A child that is gone when its `with` block ends, and also when this process is killed."""

    def __init__(self, *command, **options):
        # A session of its own: what Ctrl-C means for it is for this process to say.
        self.child = subprocess.Popen(
            command, stdout=options.pop("stdout", subprocess.DEVNULL), stderr=options.pop("stderr", subprocess.DEVNULL),
            stdin=options.pop("stdin", subprocess.DEVNULL), start_new_session=True, preexec_fn=die_with_parent,
            **options)
        self.pid = self.child.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for stop in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            if self.child.poll() is not None:
                return
            self.child.send_signal(stop)
            try:
                self.child.wait(5)
            except subprocess.TimeoutExpired:
                continue


def children(pid):
    """Processes that any thread of a process started."""
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found += [int(child) for child in file.read().split()]
    return found


def cpu_seconds(pid):
    """User and system time of a process with all its threads."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def precise_cpu_seconds(pid):
    """As cpu_seconds, from the scheduler's nanoseconds: for processes that use little."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            total += int(file.read().split()[0])
    return total / 1e9


def demand_seconds():
    """What this process used of the processors, and how long it was ready and had to wait for one."""
    with open("/proc/self/schedstat") as file:
        used, waited, _ = file.read().split()
    return (int(used) + int(waited)) / 1e9


def machine_share(seconds=1.0):
    """The part of all processors that is in use by whatever runs, measured for a moment."""
    def read():
        with open("/proc/stat") as file:
            fields = [int(field) for field in file.readline().split()[1:9]]
        return sum(fields), fields[3] + fields[4]
    (all_before, idle_before), _ = read(), time.sleep(seconds)
    all_after, idle_after = read()
    return 1 - (idle_after - idle_before) / max(1, all_after - all_before)


def own_bytes(pids):
    """Memory that these processes wrote and share with nobody else, shared zones among themselves included."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            for line in file:
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    total += int(line.split()[1]) * 1024
    return total


def resident_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0


def wakeups(pid):
    """How often the threads of a process gave the processor away to wait."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as file:
            for line in file:
                if line.startswith("voluntary_ctxt_switches:"):
                    total += int(line.split()[1])
    return total


def redis():
    port = free_port()
    directory = tempfile.TemporaryDirectory()
    server = Process("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory.name)
    server.directory = directory
    server.port = port
    wait_until(lambda: listens(port), "redis-server listening")
    return server
