import AdminAPI
import AdminClient
import FleetModel
import Glibc

/// Looks at the files that lead to a fleet: its run directory and sockets, and our certificate.
struct FileCheckup {
    let now: UnixTime

    /// Before this much is left, a certificate should be renewed.
    private static let renewal: Duration = .seconds(14 * 86_400)

    func runDirectory(_ path: String) -> [DoctorFinding] {
        let subject: SafeText = "run directory \(SafeText(path))"
        guard let mode = Self.mode(path) else {
            return [
                .fail(subject, "it cannot be looked at", mend: "start gadgate, or name its directory with --run-dir")
            ]
        }
        if mode & (S_IWGRP | S_IWOTH) != 0 {
            return [
                .fail(
                    subject, "others than its owner can put sockets of their own in it",
                    mend: "chmod 0750 \(SafeText(path))")
            ]
        }
        if mode & S_IXOTH != 0 {
            return [
                .warning(subject, "every user of this machine can enter it", mend: "chmod 0750 \(SafeText(path))")
            ]
        }
        return [.ok(subject, "only its owner and its group can enter it")]
    }

    func socket(_ endpoint: AdminEndpoint) -> DoctorFinding? {
        guard case .unix(let path) = endpoint.address else { return nil }
        let subject: SafeText = "socket \(endpoint.worker)"
        guard let mode = Self.mode(path) else {
            return .fail(subject, "\(SafeText(path)) is not there", mend: "look whether the worker runs: gadgate's log")
        }
        guard mode & (S_IROTH | S_IWOTH) == 0 else {
            return .warning(
                subject, "every user of this machine can talk to it", mend: "chmod 0660 \(SafeText(path))")
        }
        return .ok(subject, "for its owner and its group")
    }

    func credentials(_ credentials: AdminCredentials) -> [DoctorFinding] {
        [
            certificate("our certificate", CertificateFile.end(credentials.certificate), credentials.certificate),
            certificate("the workers' authority", CertificateFile.end(credentials.authority), credentials.authority),
            key(credentials.key),
        ]
    }

    /// - Parameter end: nil where it is not known.
    func certificate(_ subject: SafeText, _ end: UnixTime?, _ path: String) -> DoctorFinding {
        guard let end else {
            return .fail(
                subject, "\(SafeText(path)) holds no certificate that can be read",
                mend: "name a PEM file in the context, and see that you may read it")
        }
        let left = now.duration(to: end)
        let day = SafeText(end.description).prefix(10)
        if left <= .zero { return .fail(subject, "it expired on \(day)", mend: "have it renewed") }
        let days = Int(left.inSeconds / 86_400)
        guard left > Self.renewal else {
            return .warning(subject, "it ends on \(day), in \(days) days", mend: "have it renewed")
        }
        return .ok(subject, "valid until \(day)")
    }

    private func key(_ path: String) -> DoctorFinding {
        guard let mode = Self.mode(path), access(path, R_OK) == 0 else {
            return .fail(
                "our key", "\(SafeText(path)) cannot be read", mend: "name the certificate's key in the context")
        }
        guard mode & (S_IRWXG | S_IRWXO) == 0 else {
            return .warning("our key", "others can read it", mend: "chmod 0600 \(SafeText(path))")
        }
        return .ok("our key", "only its owner can read it")
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }
}
