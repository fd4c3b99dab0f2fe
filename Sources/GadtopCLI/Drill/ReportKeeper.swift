import AdminAPI
import ControlPlane
import FleetModel
import FoundationEssentials
import Synchronization

/// Keeps a drill's report in a file, as Markdown or as JSON by the file's suffix.
final class ReportKeeper: Sendable {
    let path: String?
    private let kept = Mutex<(report: DrillReport, failure: String?)?>(nil)

    init(path: String?) {
        self.path = path
    }

    var report: DrillReport? { kept.withLock { $0?.report } }
    /// Why the file could not be written.
    var failure: String? { kept.withLock { $0?.failure } }

    func keep(_ report: DrillReport, of operation: OperationRecord) {
        var report = report
        report.operation = operation.id
        report.by = operation.leader
        report.reason = operation.reason
        let failure = path.flatMap { Self.write(report, to: $0) }
        kept.withLock { $0 = (report, failure) }
    }

    private static func write(_ report: DrillReport, to path: String) -> String? {
        do {
            let bytes = path.hasSuffix(".json") ? try AdminJSON.encode(report) : Array(report.markdown.utf8)
            try Data(bytes).write(to: URL(filePath: path))
            return nil
        } catch {
            return "the report cannot be written to \(SafeText(path)): \(SafeText(String(describing: error)))"
        }
    }
}
