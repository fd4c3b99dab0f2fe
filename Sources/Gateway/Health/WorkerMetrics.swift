import FleetModel
import Telemetry

/// A worker's figures under the names that Prometheus knows them by.
enum WorkerMetrics {
    private typealias Label = PrometheusText.Label
    private typealias Value = PrometheusText.Value

    static func text(of reading: SampleSource.Reading) -> String {
        var text = PrometheusText(common: [
            Label("worker", reading.sample.worker.rawValue), Label("node", reading.sample.node),
        ])
        connections(reading.sample, &text)
        messages(reading.sample, &text)
        latencies(reading.snapshot, &text)
        resources(reading.sample, &text)
        return text.text
    }

    private static func connections(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.gauge("active_connections", "Open WebSocket connections.", Value(sample.connections))
        text.counter("connections_total", "Connections accepted since the start.", Value(sample.connectionsTotal))
        text.write(
            "connections_closed_total", "Connections ended, by close code (RFC 6455, 7.4).", .counter,
            sample.closes.map { Value($0.count, Label("code", String($0.code))) })
        text.counter(
            "connections_closed_planned_total", "Connections closed by a drain or a shutdown.",
            Value(sample.plannedClosesTotal))
        text.counter(
            "connections_refused_total", "Connections refused before the upgrade.", Value(sample.refusedTotal))
        text.counter("auth_failures_total", "Upgrades refused for their token.", Value(sample.authFailuresTotal))
        text.counter("reconnects_total", "Clients that came back.", Value(sample.reconnectsTotal))
        text.counter(
            "heartbeat_timeouts_total", "Clients closed for not answering.", Value(sample.heartbeatTimeoutsTotal))
        text.counter("protocol_errors_total", "Violations of RFC 6455 by clients.", Value(sample.protocolErrorsTotal))
        text.write(
            "role_connections", "Open connections by role.", .gauge,
            sample.roles.map { Value($0.connections, Label("role", $0.role)) })
        rooms(sample, &text)
    }

    /// Names of rooms come from clients, without bound: only the largest are told apart.
    private static func rooms(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.gauge("rooms", "Rooms with at least one connection.", Value(sample.rooms))
        text.write(
            "room_connections", "Connections in the largest rooms.", .gauge,
            sample.topRooms.map { Value($0.connections, Label("room", $0.room.rawValue)) })
    }

    private static func messages(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.write(
            "messages_received_total", "Messages that clients published.", .counter, byClass(sample.messagesIn))
        text.write(
            "messages_sent_total", "Messages written to clients, one for each.", .counter, byClass(sample.messagesOut))
        text.write("broadcasts_total", "Messages to deliver.", .counter, byClass(sample.broadcasts))
        text.write(
            "messages_dropped_total", "Messages dropped for a client, by reason.", .counter,
            Criticality.allCases.map {
                Value(sample.dropped[$0], Label("class", $0.rawValue), Label("reason", "queue_full"))
            })
        text.counter("send_errors_total", "Writes that failed.", Value(sample.sendErrorsTotal))
        text.counter(
            "duplicates_suppressed_total", "Messages that reached the worker twice and its clients once.",
            Value(sample.duplicatesSuppressedTotal))
        text.gauge("queue_bytes", "Bytes accepted for clients and not yet sent.", Value(sample.queueBytes.bytes))
    }

    private static func latencies(_ snapshot: DataPlaneSnapshot, _ text: inout PrometheusText) {
        text.histogram(
            "message_latency_seconds", "From publish to the write into the socket.",
            Criticality.allCases.map { ([Label("class", $0.rawValue)], snapshot.latency[$0]) })
        text.histogram(
            "auth_latency_seconds", "From the upgrade request to its answer.", [([], snapshot.authLatency)])
    }

    private static func resources(_ sample: WorkerSample, _ text: inout PrometheusText) {
        text.gauge(
            "event_loop_lag_seconds", "Worst delay of an event loop since the sample before.",
            Value(sample.loopLag.inSeconds))
        text.write(
            "circuit_breaker_state", "0 closed, 1 half open, 2 open.", .gauge,
            [Value(sample.redisBreaker.number, Label("name", "redis"))])
        text.gauge("process_open_fds", "Open file descriptors.", Value(sample.openFDs))
        text.gauge("process_max_fds", "Limit on open file descriptors.", Value(sample.maxFDs))
        text.gauge("process_resident_memory_bytes", "Resident memory.", Value(sample.memory.bytes))
        text.counter("process_cpu_seconds_total", "User and system time.", Value(sample.cpu.inSeconds))
        text.gauge(
            "process_start_time_seconds", "When the worker started, since 1970.",
            Value(Double(sample.startedAt.microseconds) / 1e6))
    }

    private static func byClass(_ counts: ByClass<UInt64>) -> [Value] {
        Criticality.allCases.map { Value(counts[$0], Label("class", $0.rawValue)) }
    }
}

extension BreakerState {
    /// In the order of severity, for thresholds in alerts.
    fileprivate var number: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
