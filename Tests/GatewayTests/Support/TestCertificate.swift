import NIOSSL
import TestSupport

@testable import Gateway

/// A certificate as the gateway is told of it, and as a client trusts it.
struct TestCertificate {
    private let made: Certificate

    init() async throws { made = try await Certificate() }

    var files: TLSFiles { TLSFiles(certificate: made.certificate, key: made.key) }

    /// What a client needs to trust this certificate and no other.
    func client(_ change: (inout TLSConfiguration) -> Void = { _ in }) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(made.certificate)
        change(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }

    /// Puts parts of another pair into the files.
    func replace(certificate: String? = nil, key: String? = nil) throws {
        try made.replace(certificate: certificate, key: key)
    }
}
