import FoundationEssentials

/// A certificate for 127.0.0.1 and localhost, and the authority that signed it, made with openssl for one test.
package final class TestCertificates: Sendable {
    private let directory: TemporaryDirectory

    package var authority: String { directory.path("ca.pem") }
    package var certificate: String { directory.path("server.pem") }
    package var key: String { directory.path("server.key") }

    /// - Parameter names: what the certificate is for, as OpenSSL's `subjectAltName` has it.
    package init(names: String = "IP:127.0.0.1,DNS:localhost") async throws {
        directory = try TemporaryDirectory()
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        try await openssl(
            ["req", "-x509", "-subj", "/CN=test authority", "-keyout", directory.path("ca.key"), "-out", authority]
                + key)
        try await openssl(
            [
                "req", "-x509", "-subj", "/CN=test server", "-addext", "subjectAltName=\(names)", "-addext",
                "basicConstraints=critical,CA:FALSE", "-CA", authority, "-CAkey", directory.path("ca.key"), "-keyout",
                self.key, "-out", certificate,
            ] + key)
    }

    /// Arguments that make redis-server (and a Sentinel) speak TLS only, on `port`.
    package func serverArguments(port: Int) -> [String] {
        [
            "--port", "0", "--tls-port", "\(port)", "--tls-cert-file", certificate, "--tls-key-file", key,
            "--tls-ca-cert-file", authority, "--tls-auth-clients", "no", "--tls-replication", "yes",
        ]
    }

    /// Puts another certificate, or another key, in the place of this one, as a renewal does.
    package func replace(certificate: String? = nil, key: String? = nil) throws {
        if let certificate { try copy(certificate, to: self.certificate) }
        if let key { try copy(key, to: self.key) }
    }

    private func copy(_ source: String, to target: String) throws {
        try Data(contentsOf: URL(filePath: source)).write(to: URL(filePath: target))
    }

    private func openssl(_ arguments: [String]) async throws {
        let openssl = try ChildProcess("openssl", arguments)
        guard try await openssl.wait() == .code(0) else {
            throw NeverHappened(description: "openssl \(arguments[0]) failed: \(openssl.errors)")
        }
    }
}
