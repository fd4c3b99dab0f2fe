import AdminAPI
import FleetModel
import NIOPosix
import NIOSSL
import Synchronization

/// Mutual TLS of the admin API: a worker proves its name, and asks everybody for a certificate.
final class AdminTLS: Sendable {
    private let listener: AdminListener
    private let worker: WorkerID
    private let current = Mutex<NIOSSLContext?>(nil)

    init(_ listener: AdminListener, of worker: WorkerID) {
        self.listener = listener
        self.worker = worker
    }

    /// Reads the files, at first and again; connections keep what they have.
    /// - Throws: `CertificateFault`; what was there stays.
    func load() async throws {
        let (listener, worker) = (listener, worker)
        let fresh = try await NIOThreadPool.singleton.runIfActive { try Self.context(listener, of: worker) }
        current.withLock { $0 = fresh }
    }

    /// Encrypts one connection.
    func handler() throws -> NIOSSLServerHandler {
        guard let context = current.withLock({ $0 }) else { throw NotLoaded() }
        return NIOSSLServerHandler(context: context)
    }

    private struct NotLoaded: Error {}

    /// Reads the files and proves that they belong together and to the worker; blocks.
    static func context(_ listener: AdminListener, of worker: WorkerID) throws(CertificateFault) -> NIOSSLContext {
        let certificate = try ServerCertificate(listener.files, now: WallClock.now())
        let wanted = worker.certificateName
        guard certificate.chain[0].uniformNames.contains(wanted) else {
            throw CertificateFault(listener.files.certificate, .otherName(wanted: wanted))
        }
        return try certificate.context(listener.files, askingFor: listener.clientAuthority)
    }
}

extension NIOSSLCertificate {
    /// The URIs among its alternative names (RFC 5280, 4.2.1.6) that are text; a certificate has few.
    var uniformNames: [String] {
        _subjectAlternativeNames().prefix(Self.mostNames).compactMap { name in
            guard name.nameType == .uri else { return nil }
            return String(validating: name.contents, as: UTF8.self).flatMap { SafeText($0).text == $0 ? $0 : nil }
        }
    }

    /// As many as a node has workers at the most.
    private static let mostNames = 256
}
