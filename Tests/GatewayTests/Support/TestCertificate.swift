import Foundation
import NIOSSL

@testable import Gateway

/// A self-signed certificate for localhost with its key, in files that go away with it; made by openssl.
final class TestCertificate: Sendable {
    struct OpenSSLFailed: Error {
        let output: String
    }

    let files: TLSFiles
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "gad-tls-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        files = TLSFiles(
            certificate: directory.appending(path: "cert.pem").path(), key: directory.appending(path: "key.pem").path())
        try Self.openSSL(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", files.key, "-out",
            files.certificate)
    }

    deinit {
        // What cannot be removed stays in the directory for temporary files and fails no test.
        try? FileManager.default.removeItem(at: directory)
    }

    /// What a client needs to trust this certificate and no other.
    func client(_ change: (inout TLSConfiguration) -> Void = { _ in }) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(files.certificate)
        change(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }

    /// Puts another pair into the files.
    func replace(certificate: String? = nil, key: String? = nil) throws {
        for (source, target) in [(certificate, files.certificate), (key, files.key)] {
            guard let source else { continue }
            try Data(contentsOf: URL(filePath: source)).write(to: URL(filePath: target))
        }
    }

    private static func openSSL(_ arguments: String...) throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardError = errors
        try process.run()
        let output = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw OpenSSLFailed(output: String(decoding: output, as: UTF8.self))
        }
    }
}
