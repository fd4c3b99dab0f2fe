"""First frame, CPU, wake-ups, bytes a frame and key to screen of gadtop and its peers, each in a pty of 120x40."""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

from processes import BIN, Process, precise_cpu_seconds, resident_bytes, wait_until, wakeups

SETTLE_SECONDS = 5
MEASURED_SECONDS = 20
# Seconds of silence that end a frame: what comes later is the next one.
FRAME_PAUSE = 0.003
HERE = os.path.dirname(os.path.abspath(__file__))


class Screen:
    """A program in a terminal of 120x40."""

    def __init__(self, command):
        self.start = time.monotonic()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvp(command[0], command)
        os.set_blocking(self.master, False)
        self.bytes = 0

    def read(self, seconds):
        """Reads for so long; gives back the moments at which something came."""
        moments, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                try:
                    self.bytes += len(os.read(self.master, 65536))
                except OSError:
                    break
                moments.append(time.monotonic())
        return moments

    def first_frame(self):
        """Seconds from exec to the end of the first burst of output that is a screen and not a mode switch."""
        shown = 0
        while time.monotonic() - self.start < 5:
            if not select.select([self.master], [], [], FRAME_PAUSE if shown > 500 else 5)[0]:
                break
            shown += len(os.read(self.master, 65536))
            moment = time.monotonic()
        return moment - self.start

    def key_to_screen(self, key):
        os.write(self.master, key)
        sent = time.monotonic()
        if not select.select([self.master], [], [], 2)[0]:
            return float("nan")
        moment = time.monotonic()
        self.bytes += len(os.read(self.master, 65536))
        return moment - sent

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def measure(name, command):
    first = []
    for _ in range(5):
        screen = Screen(command)
        first.append(screen.first_frame())
        screen.close()
    screen = Screen(command)
    screen.read(SETTLE_SECONDS)
    cpu, woken, screen.bytes, start = precise_cpu_seconds(screen.pid), wakeups(screen.pid), 0, time.monotonic()
    moments = screen.read(MEASURED_SECONDS)
    seconds = time.monotonic() - start
    cpu, woken = precise_cpu_seconds(screen.pid) - cpu, wakeups(screen.pid) - woken
    frames = sum(1 for before, after in zip([0] + moments, moments) if after - before > 0.1)
    shown = screen.bytes / max(frames, 1)
    resident = resident_bytes(screen.pid)
    keys = []
    for key in (b"\x1b[B", b"\x1b[A") * 10:
        keys.append(screen.key_to_screen(key))
        screen.read(0.13)
    screen.close()
    keys = [key for key in keys if key == key]
    print(f"  {name:<34} {1000 * statistics.median(first):>7.1f} ms {100 * cpu / seconds:>8.2f}% {woken / seconds:>8.1f}"
          f" {shown:>9,.0f} {1000 * statistics.median(keys) if keys else float('nan'):>9.2f} ms"
          f" {resident / (1 << 20):>7.1f} MB")


def gadtop(workers, busy=False, rooms=0, options=()):
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o750)
        # The operator's own preferences, and what is kept to look back at, must not be in it.
        os.environ.update(XDG_STATE_HOME=directory + "/state", XDG_CONFIG_HOME=directory + "/config")
        os.environ.pop("XDG_RUNTIME_DIR", None)
        mode = (["--busy"] if busy else []) + (["--rooms", str(rooms)] if rooms else [])
        simulation = Process(
            sys.executable, os.path.join(HERE, "simulated_workers.py"), directory, str(workers), *mode,
            stdout=subprocess.PIPE)
        with simulation:
            simulation.child.stdout.readline()
            what = "busy" if busy else f"{rooms:,} rooms" if rooms else "steady"
            label = f"gadtop, {workers:,} workers, {what}{' ' + ' '.join(options) if options else ''}"
            command = [os.path.join(BIN, "gadtop"), "--run-dir", directory]
            measure(label, command if not options else [command[0], "console", *command[1:], *options])


def hatop(servers):
    with tempfile.TemporaryDirectory() as directory:
        configuration, admin = os.path.join(directory, "haproxy.cfg"), os.path.join(directory, "admin.sock")
        with open(configuration, "w") as file:
            file.write(f"global\n stats socket {admin} level admin\ndefaults\n mode http\n timeout connect 1s\n"
                       " timeout client 1s\n timeout server 1s\nbackend gateways\n")
            file.writelines(f" server w{index} 127.0.0.1:9\n" for index in range(servers))
        with Process("haproxy", "-db", "-f", configuration):
            wait_until(lambda: os.path.exists(admin), "haproxy ready")
            measure(f"hatop, {servers} servers", ["hatop", "-s", admin, "-i", "1"])


def main(quick=False):
    global MEASURED_SECONDS
    MEASURED_SECONDS = 3 if quick else MEASURED_SECONDS
    print("console: a pty of 120x40, one refresh a second")
    print(f"  {'':<34} {'first frame':>10} {'CPU':>9} {'wakes/s':>8} {'B/frame':>9} {'key':>12} {'RSS':>10}")
    gadtop(80)
    gadtop(80, busy=True)
    gadtop(80, options=["--no-history"])
    gadtop(960)
    gadtop(1_000, busy=True, rooms=100_000)
    if shutil.which("htop"):
        measure("htop", ["htop", "-d", "10"])
    if shutil.which("hatop") and shutil.which("haproxy"):
        hatop(80)


if __name__ == "__main__":
    main()
