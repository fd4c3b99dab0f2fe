import Foundation
import NIOSSL
import TestSupport

@testable import Gateway

/// A certificate as the gateway is told of it, and as a client trusts it.
struct TestCertificate {
    private let made: TestCertificates

    init() async throws { made = try await TestCertificates() }

    var files: TLSFiles { TLSFiles(certificate: made.certificate, key: made.key) }

    /// What a client needs to trust this certificate and no other.
    func client(_ change: (inout TLSConfiguration) -> Void = { _ in }) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(made.authority)
        change(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }

    /// Puts another's certificate into the file.
    func replaceCertificate(with other: TestCertificate) throws {
        try Data(contentsOf: URL(filePath: other.files.certificate)).write(to: URL(filePath: files.certificate))
    }

    /// Puts another's key into the file.
    func replaceKey(with other: TestCertificate) throws {
        try Data(contentsOf: URL(filePath: other.files.key)).write(to: URL(filePath: files.key))
    }
}
