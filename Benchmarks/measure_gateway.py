"""Memory a connection, deliveries a CPU second one at a time, and the saturated case, for each installed server."""

import time

from processes import anonymous_bytes, cpu_seconds
from servers import installed
from websocket_clients import Clients

IDLE_CONNECTIONS = 5000
SATURATED_SECONDS = 10
OFFERED_PER_SECOND = 500


def idle_memory(server_type):
    with server_type() as server:
        warm_up = Clients(200, server.port, server.path, server.subscribe, settle=0.5)
        before = anonymous_bytes(server.pid)
        clients = Clients(IDLE_CONNECTIONS, server.port, server.path, server.subscribe)
        grown = anonymous_bytes(server.pid) - before
        clients.close()
        warm_up.close()
    return grown / IDLE_CONNECTIONS


def one_at_a_time(server_type, connections, messages):
    """Publishes the next message only when every client has the one before."""
    with server_type() as server:
        clients = Clients(connections, server.port, server.path, server.subscribe)
        received, cpu, start = clients.received, cpu_seconds(server.pid), time.monotonic()
        for number in range(messages):
            target = received + (number + 1) * connections * server.delivery_bytes
            server.publish(number, 1)
            deadline = time.monotonic() + 10
            while clients.received < target and time.monotonic() < deadline:
                clients.drain(0.1)
        cpu, seconds = cpu_seconds(server.pid) - cpu, time.monotonic() - start
        deliveries = (clients.received - received) // server.delivery_bytes
        clients.close()
    return deliveries, deliveries / max(cpu, 0.01), deliveries / seconds


def saturated(server_type, connections=1000):
    """Offers more than can be delivered one write at a time; counts what arrives in the end."""
    with server_type() as server:
        clients = Clients(connections, server.port, server.path, server.subscribe)
        received, cpu, start, sent = clients.received, cpu_seconds(server.pid), time.monotonic(), 0
        while sent < OFFERED_PER_SECOND * SATURATED_SECONDS:
            due = min(int((time.monotonic() - start) * OFFERED_PER_SECOND) + 1, OFFERED_PER_SECOND * SATURATED_SECONDS)
            if due > sent:
                server.publish(sent, due - sent)
                sent = due
            clients.drain(0.002)
        clients.drain_until_quiet(1.5)
        seconds = time.monotonic() - start - 1.5
        cpu = cpu_seconds(server.pid) - cpu
        deliveries = (clients.received - received) // server.delivery_bytes
        clients.close()
    offered = sent * connections
    return min(deliveries, offered), offered, deliveries / max(cpu, 0.01), seconds


def main():
    print("gateway: 128-byte messages, one worker, loopback, clients on the same machine")
    for server_type in installed():
        print(f"  {server_type.name}")
        print(f"    idle connection              {idle_memory(server_type):>10,.0f} B of user-space memory"
              f"   ({IDLE_CONNECTIONS:,} connections)")
        for connections, messages in ((1000, 300), (5000, 60)):
            deliveries, per_cpu, rate = one_at_a_time(server_type, connections, messages)
            print(f"    one at a time, {connections:>5,} conns   {per_cpu:>10,.0f} deliveries per CPU second"
                  f"   ({deliveries:,} of {connections * messages:,} delivered, {rate:,.0f}/s)")
        delivered, offered, per_cpu, seconds = saturated(server_type)
        print(f"    saturated, 1,000 x 500/s     {per_cpu:>10,.0f} deliveries per CPU second"
              f"   ({offered - delivered:,} of {offered:,} lost, all out after {seconds:.1f} s)")


if __name__ == "__main__":
    main()
