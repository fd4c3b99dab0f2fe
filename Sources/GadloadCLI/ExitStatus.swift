import ArgumentParser
import LoadGenerator

/// What gadload's exit status says.
enum ExitStatus: Int32 {
    /// Every client got in, all was published as asked, and nothing was lost, doubled, out of order or misrouted.
    case clean = 0
    /// Not so, or the run could not be made.
    case faulty = 1
    case usage = 2
    /// No client got in, or there was no way to publish.
    case unreachable = 4

    init(_ verdict: LoadReport.Verdict) {
        switch verdict {
        case .clean: self = .clean
        case .faulty: self = .faulty
        case .unreachable: self = .unreachable
        }
    }

    init(_ refusal: LoadRefusal) {
        switch refusal {
        case .tooFewProcesses, .unreadableSecret, .unreadableAuthority: self = .usage
        case .unresolvable, .unpublishable: self = .unreachable
        case .processFailed: self = .faulty
        }
    }

    var code: ExitCode { ExitCode(rawValue) }
}
