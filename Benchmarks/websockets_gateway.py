"""The gateway that the blueprint starts from, at its fastest: python `websockets` and one Redis subscription.

    websockets_gateway.py PORT REDIS_PORT [CERTIFICATE KEY]

It speaks as much of gadgate's protocol as a client needs that listens: `connection_ack`, `subscribe`, `subscribed`. One
process, no compression, and `broadcast`, which encodes a message once for all.
"""

import asyncio
import json
import ssl
import sys

from websockets.asyncio.server import broadcast, serve

rooms = {}


def envelope(event_type, data):
    return json.dumps({"event_type": event_type, "data": data}, separators=(",", ":"))


async def client(connection):
    joined = []
    await connection.send(envelope("connection_ack", {"connection_id": str(connection.id), "worker": "python-w0"}))
    try:
        async for text in connection:
            command = json.loads(text)
            if command.get("event_type") == "subscribe":
                joined += command["data"]["events"]
                for room in joined:
                    rooms.setdefault(room, set()).add(connection)
                await connection.send(envelope("subscribed", {"rooms": joined}))
    finally:
        for room in joined:
            rooms[room].discard(connection)


async def forward(redis_port):
    reader, writer = await asyncio.open_connection("127.0.0.1", redis_port)
    writer.write(b"PSUBSCRIBE gad:room:*\r\n")
    while True:
        message = await reply(reader)
        if message[0] == b"pmessage":
            broadcast(rooms.get(message[2].decode().removeprefix("gad:room:"), ()), message[3], text=True)


async def reply(reader):
    """An array of bulk strings and numbers, which is all that a subscriber is sent."""
    items = []
    for _ in range(int((await reader.readline())[1:])):
        head = await reader.readline()
        if head[:1] == b"$":
            items.append((await reader.readexactly(int(head[1:]) + 2))[:-2])
        else:
            items.append(int(head[1:]))
    return items


async def main(port, redis_port, certificate=None, key=None):
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    async with serve(client, "127.0.0.1", int(port), compression=None, ssl=context, backlog=4096, ping_interval=None):
        await forward(int(redis_port))


asyncio.run(main(*sys.argv[1:]))
