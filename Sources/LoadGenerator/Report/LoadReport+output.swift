import FoundationEssentials
import FleetModel

extension LoadReport {
    /// One JSON object: keys in snake_case, times in RFC 3339, durations in seconds.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// For people: what was asked, what came of it, and what went wrong.
    package func text() -> String {
        var lines = [headline, clientsLine, handshakeLine]
        lines += counts("  not connected", connecting.failures)
        lines += movesLines
        lines += counts("  closed by the server", connecting.closesByServer)
        lines += counts("  closed by clients", connecting.closesByClient)
        lines += counts("  errors", connecting.errors)
        lines += publishingLines + deliveryLines + classLines + resilienceLines + faultyRoomLines + serverLines
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        switch verdict {
        case .clean: "clean: nothing lost, nothing twice, everything in order, in \(elapsed.tenths) s"
        case .faulty where publishedNothing: "faulty: nothing was published, after \(elapsed.tenths) s"
        case .faulty: "faulty: see what is not 0 below, after \(elapsed.tenths) s"
        case .unreachable: "unreachable: no client got in, in \(elapsed.tenths) s"
        }
    }

    private var clientsLine: String {
        "clients          \(clients.asked) asked, \(connecting.joins) joins, "
            + "\(clients.subscribedAtEnd) there at the end (\(clients.processes) processes, "
            + "\(clients.sourceAddresses) source addresses)"
    }

    private var handshakeLine: String {
        "  handshake      " + connecting.handshake.text + (connecting.perSecond.map { ", \($0.tenths)/s" } ?? "")
    }

    private var movesLines: [String] {
        guard connecting.askedToReconnect + connecting.reconnects > 0 else { return [] }
        return [
            "  moved          \(connecting.askedToReconnect) asked to reconnect, \(connecting.reconnects) reconnected,"
                + " \(connecting.returnedToAvoidedWorker) back to the worker to avoid"
        ]
    }

    private var publishingLines: [String] {
        var line =
            "published        \(publishing.published) through \(publishing.through) in \(publishing.duration.tenths) s"
        line += ", \(publishing.perSecond.tenths)/s of \(publishing.askedPerSecond.tenths)/s asked"
        line += ", \(publishing.messageBytes) bytes each"
        return [line]
            + counts(
                "  of them",
                [
                    "unconfirmed": Int(publishing.unconfirmed), "heard by nobody": Int(publishing.unheard),
                    "held back": Int(publishing.held), "published again": Int(publishing.retries),
                ].filter { $0.value > 0 })
    }

    private var deliveryLines: [String] {
        let deliveries = self.deliveries
        return [
            "deliveries       \(deliveries.received) received, \(deliveries.expected) expected,"
                + " \(deliveries.perSecond.tenths)/s",
            "  lost           \(deliveries.lost)",
            "  duplicates     \(deliveries.duplicates)",
            "  out of order   \(deliveries.outOfOrder)",
            "  misrouted      \(deliveries.misrouted)",
            "  while away     \(deliveries.missedWhileAway) missed, \(deliveries.inFlightAtClose) in flight at a close"
                + " (\(deliveries.clientsThatMoved) clients moved, \(deliveries.sessions) sessions)",
            "  latency        " + latency.text,
        ] + caveats
    }

    private var caveats: [String] {
        var lines: [String] = []
        if deliveries.foreign > 0 {
            lines.append("  of others      \(deliveries.foreign) messages that this run did not publish")
        }
        if deliveries.malformed > 0 {
            lines.append("  malformed      \(deliveries.malformed) messages that were no envelopes")
        }
        if deliveries.unaccounted > 0 {
            lines.append("  not accounted  \(deliveries.unaccounted) messages missing around the oldest sessions")
        }
        if deliveries.sessionsNotAccounted > 0 {
            lines.append("  left out       \(deliveries.sessionsNotAccounted) of the oldest sessions")
        }
        if deliveries.isBeginningLeftOut { lines.append("  left out       the beginning of the run, for its length") }
        return lines
    }

    private var faultyRoomLines: [String] {
        faultyRooms.map {
            "  room           \($0.room): \($0.lost) lost, \($0.duplicates) duplicates, \($0.outOfOrder) out of order"
        }
    }

    private var serverLines: [String] {
        let lines = servers.map { server in
            server.hasEnded
                ? "server \(server.pid)  ended during the run"
                : "server \(server.pid)".padded(to: 17) + "\(server.cpu.tenths) s of CPU"
                    + " (\(server.cpuPublishing.tenths) s since publishing began), "
                    + [
                        server.residentBytes.map { "\($0.mebibytes) MiB resident" },
                        server.proportionalBytes.map { "\($0.mebibytes) MiB proportional" },
                        server.anonymousBytes.map { "\($0.mebibytes) MiB anonymous" },
                    ].compactMap(\.self).joined(separator: ", ")
        }
        let perConnection = memoryPerConnectionBytes.map { ["  a connection   \($0) bytes of anonymous memory"] } ?? []
        return lines + perConnection + [
            "gadload          \(clientCPU.tenths) s of CPU in the client processes; the busiest had"
                + " \((clientLoad.connecting * 100).tenths)% of a processor connecting,"
                + " \((clientLoad.receiving * 100).tenths)% receiving"
        ]
    }

    private func counts(_ title: String, _ counts: [String: Int]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        return [title.padded(to: 24) + parts.joined(separator: ", ")]
    }
}

extension LatencySummary {
    var text: String {
        guard count > 0 else { return "none measured" }
        let figures = [
            ("p50", p50Seconds), ("p95", p95Seconds), ("p99", p99Seconds), ("p99.9", p999Seconds), ("max", maxSeconds),
        ]
        return figures.compactMap { name, value in value.map { "\(name) \(($0 * 1000).tenths) ms" } }
            .joined(separator: ", ")
    }
}

extension Duration {
    fileprivate var tenths: String { inSeconds.tenths }
}

extension Double {
    /// With one digit after the point.
    var tenths: String {
        let tenths = Int64((self * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

extension Int64 {
    fileprivate var mebibytes: Int64 { self >> 20 }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
