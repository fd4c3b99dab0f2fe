import FleetModel

/// One thing that was looked at, how it is, and how to mend it.
struct DoctorFinding: Sendable, Equatable {
    enum Status: String, Sendable, CaseIterable {
        case ok, warning, fail
    }

    var status: Status
    /// What was looked at, such as `socket gw1-w0`.
    var subject: SafeText
    var words: SafeText
    /// nil where nothing is to be mended.
    var mend: SafeText?

    static func ok(_ subject: SafeText, _ words: SafeText) -> DoctorFinding {
        DoctorFinding(status: .ok, subject: subject, words: words, mend: nil)
    }

    static func warning(_ subject: SafeText, _ words: SafeText, mend: SafeText) -> DoctorFinding {
        DoctorFinding(status: .warning, subject: subject, words: words, mend: mend)
    }

    static func fail(_ subject: SafeText, _ words: SafeText, mend: SafeText) -> DoctorFinding {
        DoctorFinding(status: .fail, subject: subject, words: words, mend: mend)
    }
}
