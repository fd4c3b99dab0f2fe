import AdminAPI
import FleetModel
import NIOCore
import NIOHTTP1
import Telemetry

/// Answers load balancers, orchestrators and Prometheus on the serving port.
package struct HealthRoutes: Sendable {
    private let samples: SampleSource

    package init(samples: SampleSource) {
        self.samples = samples
    }

    /// - Returns: nil for a path that is not of health or metrics.
    package func answer(_ path: String) async -> PlainResponse? {
        switch path {
        case "/health/live": json(.ok, HealthReport(status: "live"))
        case "/health/ready": ready(await samples.recent().sample)
        case "/metrics": metrics(await samples.recent())
        default: nil
        }
    }

    /// Degraded is ready: a worker without Redis serves its own clients, and sending them elsewhere would not help.
    private func ready(_ sample: WorkerSample) -> PlainResponse {
        let reason = Self.unreadiness(sample)
        let report = HealthReport(
            status: reason == nil ? "ready" : "unready", worker: sample.worker, state: sample.state, reason: reason,
            degraded: sample.degraded)
        return json(reason == nil ? .ok : .serviceUnavailable, report)
    }

    private static func unreadiness(_ sample: WorkerSample) -> String? {
        switch sample.state {
        case .active: nil
        case .starting: "the worker is starting"
        case .draining: "the worker is being drained and accepts nothing new"
        case .drained: "the worker is drained until someone undrains it"
        case .stopping: "the worker is stopping"
        }
    }

    private func metrics(_ reading: SampleSource.Reading) -> PlainResponse {
        PlainResponse(
            status: .ok, contentType: PrometheusText.contentType,
            body: ByteBuffer(string: WorkerMetrics.text(of: reading)))
    }

    private func json(_ status: HTTPResponseStatus, _ report: HealthReport) -> PlainResponse {
        // Strings only: a failure to encode them leaves the status, which is all that a load balancer reads.
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
    /// Why the worker is ready but not whole.
    var degraded: String?
}
