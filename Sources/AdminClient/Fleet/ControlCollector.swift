import AdminAPI
import FleetModel

/// Puts together what a worker tells of the fleet's control plane, and hands it on once all of it has come or failed.
final class ControlCollector {
    private var report: ControlReport
    private let question: ControlQuestion
    private let done: (ControlReport) -> Void
    private var awaited = 0

    init(of worker: WorkerID, for question: ControlQuestion, done: @escaping (ControlReport) -> Void) {
        report = ControlReport(worker: worker)
        self.question = question
        self.done = done
    }

    /// What is to be asked, and who takes the answers.
    func requests(to endpoint: AdminEndpoint) -> [(AdminRequest, any TransferReceiver)] {
        var requests: [(AdminRequest, any TransferReceiver)] = [
            part(AdminRequest(endpoint, .get, .access), AccessReport.self) { $0.access = $1 },
            part(AdminRequest(endpoint, .get, .safety), SafetyState.self) { $0.safety = $1 },
            part(
                AdminRequest(endpoint, .get, .operations, query: "limit=\(ControlQuestion.maximumOperations)"),
                OperationList.self
            ) { $0.operations = $1.items },
        ]
        if let id = question.details {
            requests.append(
                part(AdminRequest(endpoint, .get, .operations, query: "id=" + id), OperationRecord.self) {
                    $0.details = $1
                })
        }
        awaited = requests.count
        return requests
    }

    private func part<Value: Decodable>(
        _ request: AdminRequest, _ type: Value.Type, _ take: @escaping (inout ControlReport, Value) -> Void
    ) -> (AdminRequest, any TransferReceiver) {
        let receiver = BodyCollector { [self] result in
            do throws(TransferFailure) {
                take(&report, try result.get().decoded(as: type))
            } catch {
                report.failure = error.asAdminError
            }
            awaited -= 1
            if awaited == 0 { done(report) }
        }
        return (request, receiver)
    }
}
