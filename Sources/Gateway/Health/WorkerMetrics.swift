import FleetModel
import Telemetry

/// A worker's figures under the names that Prometheus knows them by.
enum WorkerMetrics {
    typealias Label = PrometheusText.Label
    typealias Value = PrometheusText.Value

    static func text(of reading: SampleSource.Reading, isSocketHealthy: Bool) -> String {
        var text = PrometheusText(common: [
            Label("worker", reading.sample.worker.rawValue), Label("node", reading.sample.node),
        ])
        connections(reading.sample, reading.snapshot, &text)
        rooms(reading.snapshot, &text)
        lifecycle(reading.sample, reading.snapshot, &text)
        messages(reading.sample, reading.snapshot, &text)
        streams(reading.sample, &text)
        latencies(reading, &text)
        resilience(reading, isSocketHealthy, &text)
        process(reading.sample, &text)
        return text.text
    }

    static func byClass(_ counts: ByClass<UInt64>) -> [Value] {
        Criticality.allCases.map { Value(counts[$0], Label("class", $0.rawValue)) }
    }
}

// MARK: - Connections

extension WorkerMetrics {
    private static func connections(
        _ sample: WorkerSample, _ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText
    ) {
        text.gauge("active_connections", "Open WebSocket connections.", Value(sample.connections))
        text.counter("connections_total", "Connections accepted since the start.", Value(sample.connectionsTotal))
        text.write(
            "connections_closed_total", "Connections ended, by close code (RFC 6455, 7.4).", .counter,
            sample.closes.map { Value($0.count, Label("code", String($0.code))) })
        refusals(snapshot, &text)
        text.counter("reconnects_total", "Clients that came back.", Value(sample.reconnectsTotal))
        text.write(
            "role_connections", "Open connections by role.", .gauge,
            sample.roles.map { Value($0.connections, Label("role", $0.role)) })
        text.gauge("rooms", "Rooms with at least one connection.", Value(sample.rooms))
    }

    private static func refusals(_ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText) {
        text.write(
            "connections_refused_total", "Connections refused before the upgrade.", .counter,
            [
                Value(snapshot.refusedTotal - snapshot.refusedByRateTotal, Label("reason", "drained")),
                Value(snapshot.refusedByRateTotal, Label("reason", "rate")),
                Value(snapshot.refusedByOriginTotal, Label("reason", "origin")),
            ])
        text.counter(
            "auth_failures_total", "Tokens refused, at the upgrade or in an auth command.",
            Value(snapshot.authFailuresTotal))
        text.counter("tls_failures_total", "TLS handshakes that failed.", Value(snapshot.tlsFailuresTotal))
    }

    private static func lifecycle(
        _ sample: WorkerSample, _ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText
    ) {
        let planned = snapshot.plannedCloses
        text.write(
            "connections_closed_planned_total", "Those of connections_closed_total that somebody asked for.", .counter,
            [
                Value(planned.drain, Label("cause", "drain")), Value(planned.shutdown, Label("cause", "shutdown")),
                Value(planned.rebalance, Label("cause", "rebalance")), Value(planned.kick, Label("cause", "kick")),
            ])
        text.gauge(
            "connection_churn_rate", "Part of the connections that ended unasked within the last minute.",
            Value(max(0, snapshot.churnPerMinute - snapshot.plannedChurnPerMinute)))
        text.gauge(
            "connection_churn_planned_rate", "Part of them that a drain or a shutdown ended within the last minute.",
            Value(snapshot.plannedChurnPerMinute))
        text.gauge(
            "connection_storm", "1 while clients connect much faster than usual.", Value(sample.storm == nil ? 0 : 1))
        text.counter("connection_storms_total", "Storms of connects.", Value(snapshot.stormsTotal))
        text.gauge(
            "heartbeat_last_timestamp", "When a client was last heard, since 1970; 0 before the first.",
            Value(Double(snapshot.lastHeartbeat?.microseconds ?? 0) / 1e6))
        text.counter(
            "heartbeat_timeouts_total", "Clients closed for not answering.", Value(sample.heartbeatTimeoutsTotal))
        text.counter("protocol_errors_total", "Violations of RFC 6455 by clients.", Value(sample.protocolErrorsTotal))
    }

    /// Names of rooms come from clients, without bound: only the largest are told apart.
    private static func rooms(_ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText) {
        let named = snapshot.topRooms.filter { $0.room.rawValue != otherRooms }
        let others = snapshot.topRooms.first { $0.room.rawValue == otherRooms }?.connections ?? 0
        text.write(
            "room_connections", "Connections in the largest rooms, and in all others together.", .gauge,
            named.map { Value($0.connections, Label("room", $0.room.rawValue)) }
                + [Value(others + snapshot.otherRoomConnections, Label("room", otherRooms))])
    }

    /// A room of this name is among those that it stands for.
    private static let otherRooms = "other"
}

// MARK: - Messages

extension WorkerMetrics {
    private static func messages(
        _ sample: WorkerSample, _ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText
    ) {
        text.write(
            "messages_received_total", "Messages that clients published.", .counter, byClass(sample.messagesIn))
        text.write(
            "messages_sent_total", "Messages written to clients, one for each.", .counter, byClass(sample.messagesOut))
        text.write("broadcasts_total", "Messages to deliver.", .counter, byClass(sample.broadcasts))
        text.write(
            "messages_dropped_total", "Messages dropped for a client, by reason.", .counter, drops(sample))
        text.counter(
            "duplicates_suppressed_total", "Messages that reached the worker twice and its clients once.",
            Value(sample.duplicatesSuppressedTotal))
        text.write(
            "send_errors_total",
            "Connections that ended before they had taken all they were sent; messages that came in just then and were "
                + "not written yet do not count.", .counter,
            [
                Value(snapshot.sendErrors.writeFailed, Label("reason", "write_failed")),
                Value(snapshot.sendErrors.unsent, Label("reason", "unsent")),
            ])
        text.counter(
            "messages_malformed_total", "Messages from Redis that were no envelopes.", Value(snapshot.malformedTotal))
        text.gauge("queue_bytes", "Bytes accepted for clients and not yet sent.", Value(sample.queueBytes.bytes))
        text.write("queue_size", "Messages that wait for clients.", .gauge, byClass(sample.queueMessages))
    }

    /// Every pair, at zero too: a rate over a series that appears with its first drop misses that drop.
    private static func drops(_ sample: WorkerSample) -> [Value] {
        Criticality.allCases.flatMap { criticality in
            DropReason.allCases.map { reason in
                let drop = sample.drops.first { $0.criticality == criticality && $0.reason == reason }
                return Value(
                    drop?.count ?? 0, Label("class", criticality.rawValue), Label("reason", reason.rawValue))
            }
        }
    }

    private static func streams(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.counter("acks_total", "Critical messages that clients acknowledged.", Value(sample.acksTotal))
        text.write(
            "resumes_total", "Resumes of clients, by whether they had everything after it.", .counter,
            [
                Value(sample.resumesRecoveredTotal, Label("recovered", "true")),
                Value(sample.resumesFailedTotal, Label("recovered", "false")),
            ])
        text.counter(
            "messages_replayed_total", "Messages sent again to clients that resumed.", Value(sample.replayedTotal))
        text.counter(
            "messages_repaired_total", "Messages that Pub/Sub lost and that were read from their stream.",
            Value(sample.repairedTotal))
    }

    private static func latencies(_ reading: SampleSource.Reading, _ text: inout PrometheusText) {
        let snapshot = reading.snapshot
        text.histogram(
            "message_latency_seconds", "From publish to the write into the socket.",
            Criticality.allCases.map { ([Label("class", $0.rawValue)], snapshot.latency[$0]) })
        text.histogram(
            "auth_latency_seconds", "From the upgrade request to its answer.", [([], snapshot.authLatency)])
        text.histogram(
            "resource_cleanup_seconds", "From the end of a connection until nothing of it is left.",
            [([], snapshot.cleanup)])
        text.histogram(
            "redis_publish_latency_seconds", "From a publication to the reply of Redis.",
            [([], reading.vitals.redis.publishLatency)])
    }
}

// MARK: - The worker itself

extension WorkerMetrics {
    private static func resilience(
        _ reading: SampleSource.Reading, _ isSocketHealthy: Bool, _ text: inout PrometheusText
    ) {
        let (sample, vitals) = (reading.sample, reading.vitals)
        text.gauge("socket_health", "1 while /health/socket answers 200.", Value(isSocketHealthy ? 1 : 0))
        text.gauge(
            "event_loop_lag_seconds", "Worst delay of an event loop since the sample before.",
            Value(sample.loopLag.inSeconds))
        text.write(
            "circuit_breaker_state", "0 closed, 1 half open, 2 open.", .gauge,
            sample.breakers.map { Value($0.state.severity, Label("name", $0.name.rawValue)) })
        text.gauge(
            "degradation_level", "0 normal, 1 best effort sampled, 2 best effort shed, 3 important shed too.",
            Value(DegradationLevel.allCases.firstIndex(of: sample.degradation?.level ?? .normal) ?? 0))
        text.counter("degradation_changes_total", "Changes of that level.", Value(vitals.degradationChangesTotal))
        text.gauge(
            "redis_echo_age_seconds", "Since the sending of the last message to itself that came back through Redis.",
            Value(sample.echoAge.inSeconds))
    }

    private static func process(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.gauge("process_open_fds", "Open file descriptors.", Value(sample.openFDs))
        text.gauge("process_max_fds", "Limit on open file descriptors.", Value(sample.maxFDs))
        text.gauge("process_resident_memory_bytes", "Resident memory.", Value(sample.memory.bytes))
        text.counter("process_cpu_seconds_total", "User and system time.", Value(sample.cpu.inSeconds))
        text.gauge(
            "process_start_time_seconds", "When the worker started, since 1970.",
            Value(Double(sample.startedAt.microseconds) / 1e6))
    }
}
