import AdminAPI
import FleetModel

/// Follows an operation that another process leads.
@MainActor
struct OperationWatch {
    let desk: FleetDesk

    private static let interval: Duration = .seconds(1)
    /// A leader tells of itself once a second; after so many looks without news it may be gone.
    private static let silentLooks = 3

    /// Tells how it goes, until it has ended or its leader is silent.
    func follow(_ first: OperationRecord) async throws -> OperationRecord {
        let printer = ProgressPrinter()
        defer { printer.clear() }
        var (record, silent) = (first, 0)
        printer.show(record)
        while record.outcome == nil, silent < Self.silentLooks {
            try await Task.sleep(for: Self.interval)
            let latest = try await reading { () throws(AdminError) in try await desk.operation(record.id) }
            silent = latest.updatedAt == record.updatedAt ? silent + 1 : 0
            record = latest
            printer.show(record)
        }
        return record
    }
}

/// Turns what a worker refuses into the end of the command.
@MainActor
func reading<Value>(_ body: () async throws(AdminError) -> Value) async throws -> Value {
    do {
        return try await body()
    } catch {
        throw CommandFailure(error)
    }
}
