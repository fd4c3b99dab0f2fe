import FoundationEssentials

/// A self-signed certificate for localhost with its key, made by openssl, in files that go away with it.
package final class Certificate: Sendable {
    package let certificate: String
    package let key: String
    private let directory: TemporaryDirectory

    package init() async throws {
        directory = try TemporaryDirectory()
        certificate = directory.path("cert.pem")
        key = directory.path("key.pem")
        let openSSL = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ])
        guard try await openSSL.wait() == .code(0) else {
            throw NeverHappened(description: "openssl made no certificate: \(openSSL.errors)")
        }
    }

    /// Puts parts of another one into the files.
    package func replace(certificate: String? = nil, key: String? = nil) throws {
        for (source, target) in [(certificate, self.certificate), (key, self.key)] {
            guard let source else { continue }
            try Data(contentsOf: URL(filePath: source)).write(to: URL(filePath: target))
        }
    }
}
