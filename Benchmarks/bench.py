"""Measures gadgate beside its peers, and gadtop beside its own; see README.md for what the figures mean."""

import argparse
import signal
import sys
import time

import gateway_parts
import measure_console
import measure_operations
from processes import machine_share
from servers import SERVERS, Certificate
from table import Table

# With more of the machine in use before anything is begun, figures are of that as much as of what is measured.
QUIET = 0.1
# Whatever a part is about to cost, none is begun later than this.
LIMIT_SECONDS = 25 * 60
# Sets that are measured by themselves, and print what they find.
OWN_SETS = {"console": measure_console.main, "operations": measure_operations.main}
PARTS = [*gateway_parts.PARTS, *OWN_SETS]


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=PARTS, help="one part: " + ", ".join(PARTS))
    parser.add_argument("--server", metavar="NAME", action="append", help="only servers whose name holds this")
    parser.add_argument("--quick", action="store_true", help="small and short: shows that it works, not how well")
    parser.add_argument("set", nargs="?", choices=["gateway", *OWN_SETS], help="all parts of one of the three")
    return parser.parse_args()


def chosen_parts(options):
    if options.only:
        return options.only
    if options.set in OWN_SETS:
        return [options.set]
    return list(gateway_parts.PARTS) if options.set == "gateway" else PARTS


def tell(text):
    print(text, file=sys.stderr, flush=True)


def chosen_servers(options):
    servers = []
    for server in SERVERS:
        missing = server.missing()
        if options.server and not any(name in server.name for name in options.server):
            continue
        if missing:
            tell(f"bench: {server.name} is left out: {missing}")
        else:
            servers.append(server)
    return servers


def measure_part(part, servers, size, table, certificate, start):
    for server in servers:
        if time.monotonic() - start > LIMIT_SECONDS:
            return tell(f"bench: {part} of {server.name} is left out: {LIMIT_SECONDS // 60} minutes are over")
        if part == "memory-tls" and (missing := server.missing(tls=True)):
            tell(f"bench: {part} of {server.name} is left out: {missing}")
            continue
        began = time.monotonic()
        try:
            rows = gateway_parts.PARTS[part](server, size, certificate)
        except (SystemExit, OSError) as failure:
            rows = []
            tell(f"{part}, {server.name}: {failure}")
        table.add(part, server.name, rows)
        shown = ", ".join(f"{what}: {'-' if value is None else round(value, 2)} {unit}".strip()
                          for what, value, unit, *_ in rows)
        tell(f"{part}, {server.name} ({time.monotonic() - began:.0f} s): {shown}")


def measure(options):
    start = time.monotonic()
    busy = machine_share()
    if busy > QUIET:
        tell(f"bench: {busy:.0%} of the processors are in use by something else: the figures will be noise")
    parts, servers = chosen_parts(options), chosen_servers(options)
    table, size = Table([server.name for server in servers]), gateway_parts.Size(options.quick)
    try:
        with Certificate() as certificate:
            for part in parts:
                if part not in OWN_SETS:
                    measure_part(part, servers, size, table, certificate, start)
    finally:
        if table.rows:
            print("gateway: 128-byte messages, one worker, loopback, clients on the same machine; in brackets, how many")
            print("times better gadgate is than that peer, in this run")
            print(table.text(), flush=True)
    for name, main in OWN_SETS.items():
        if name in parts:
            main(options.quick)
    tell(f"bench: {time.monotonic() - start:.0f} s")


def interrupted(*_):
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupted)
    try:
        measure(arguments())
    except KeyboardInterrupt:
        # What was started is stopped by then: every process belongs to a `with`.
        sys.exit(130)
