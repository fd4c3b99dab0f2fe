import AdminAPI
import FleetModel

/// Sets the safety lever, as its commands do.
@MainActor
struct SafetyLever {
    let fleet: FleetOptions
    let mutation: MutationOptions

    func set(_ engaged: Bool, to act: SafeText) async throws {
        let connected = try await ConnectedFleet.open(fleet)
        let wanted = SafetyState(engaged: engaged, reason: mutation.reason)
        if mutation.dryRun {
            let now = try await reading { () throws(AdminError) in try await connected.desk.safety() }
            return show(now, engaged)
        }
        if !mutation.yes { try Confirmation.yes(to: act) }
        let state = try await reading { () throws(AdminError) in try await connected.desk.set(wanted) }
        Print.output(mutation.output == .json ? OutputRecord(state).json : state.line)
    }

    private func show(_ now: SafetyState, _ engaged: Bool) {
        switch mutation.output {
        case .text: Print.output("now: \(now.line); it would be \(engaged ? "engaged" : "released")")
        case .json:
            Print.output(
                OutputRecord(fields: [
                    ("operation", .text("safety")), ("dry_run", .boolean(true)), ("engaged", .boolean(engaged)),
                    ("now", .record(OutputRecord(now))),
                ]).json)
        }
    }
}

extension SafetyState {
    /// Such as `engaged by mperez at 2026-11-24T02:00:00Z: incident 4711`.
    var line: String {
        let who = by.map { " by \(SafeText($0))" } ?? ""
        let when = at.map { " at \($0)" } ?? ""
        return (engaged ? "engaged" : "released") + who + when + (reason.map { ": \(SafeText($0))" } ?? "")
    }
}

extension OutputRecord {
    init(_ state: SafetyState) {
        self.init(fields: [
            ("engaged", .boolean(state.engaged)), ("reason", .text(state.reason)), ("by", .text(state.by)),
            ("at", .time(state.at)),
        ])
    }
}
