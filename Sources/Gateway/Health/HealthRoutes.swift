import AdminAPI
import FleetModel
import NIOCore
import NIOHTTP1
import Telemetry

/// Answers load balancers, orchestrators, autoscalers and Prometheus on the serving port.
package struct HealthRoutes: Sendable {
    private let samples: SampleSource
    private let monitor: HealthMonitor

    package init(samples: SampleSource, monitor: HealthMonitor) {
        self.samples = samples
        self.monitor = monitor
    }

    /// - Returns: nil for a path that is not of health or metrics.
    package func answer(_ path: String) async -> PlainResponse? {
        switch path {
        case "/health/live": json(.ok, HealthReport(status: "live"))
        case "/health/ready": ready(await samples.recent().sample)
        case "/health/socket": socket(monitor.socketHealth())
        case "/scale": json(.ok, monitor.scale(await samples.recent()))
        case "/metrics": metrics(await samples.recent())
        default: nil
        }
    }

    /// A worker that messages do not reach through Redis is not ready: new clients are better off elsewhere. Those that
    /// it has stay, and are served.
    private func ready(_ sample: WorkerSample) -> PlainResponse {
        let reason = Self.unreadiness(sample) ?? monitor.silence()
        let report = HealthReport(
            status: reason == nil ? "ready" : "unready", worker: sample.worker, state: sample.state, reason: reason,
            degraded: sample.degraded)
        return json(reason == nil ? .ok : .serviceUnavailable, report)
    }

    private static func unreadiness(_ sample: WorkerSample) -> String? {
        switch sample.state {
        case .active:
            sample.shed?.refusesNew == true ? "the worker gives connections to others and accepts none meanwhile" : nil
        case .starting: "the worker is starting"
        case .draining: "the worker is being drained and accepts nothing new"
        case .drained: "the worker is drained until someone undrains it"
        case .stopping: "the worker is stopping"
        }
    }

    private func socket(_ health: SocketHealth) -> PlainResponse {
        json(health.isHealthy ? .ok : .serviceUnavailable, health)
    }

    private func metrics(_ reading: SampleSource.Reading) -> PlainResponse {
        let text = WorkerMetrics.text(of: reading, isSocketHealthy: monitor.socketHealth().isHealthy)
        return PlainResponse(status: .ok, contentType: PrometheusText.contentType, body: ByteBuffer(string: text))
    }

    private func json(_ status: HTTPResponseStatus, _ report: some Encodable) -> PlainResponse {
        // Strings and numbers only: a failure to encode them leaves the status, which is all that a load balancer reads.
        let body = (try? AdminJSON.encode(report)) ?? []
        return PlainResponse(status: status, contentType: "application/json", body: ByteBuffer(bytes: body))
    }
}

/// The body of `/health/live` and `/health/ready`.
struct HealthReport: Codable, Sendable, Equatable {
    var status: String
    var worker: WorkerID?
    var state: WorkerState?
    /// Why the worker is not ready.
    var reason: String?
    /// Why the worker serves its own clients only.
    var degraded: String?
}
