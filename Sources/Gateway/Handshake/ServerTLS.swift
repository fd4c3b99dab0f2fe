import NIOPosix
import NIOSSL
import Synchronization

/// TLS of the serving ports: the certificate as last read, for every handshake that begins.
final class ServerTLS: Sendable {
    private let files: TLSFiles
    private let context: Mutex<NIOSSLContext>

    /// - Throws: `CertificateFault`.
    init(_ files: TLSFiles) async throws {
        self.files = files
        context = Mutex(try await Self.read(files))
    }

    /// Reads both files again, for handshakes from then on; connections keep what they have.
    /// - Throws: `CertificateFault`; what was there stays.
    func reload() async throws {
        let fresh = try await Self.read(files)
        context.withLock { $0 = fresh }
    }

    /// Encrypts one connection.
    func handler() -> NIOSSLServerHandler {
        NIOSSLServerHandler(context: context.withLock { $0 }, configuration: Self.lean)
    }

    /// Files are read on a thread that may block.
    private static func read(_ files: TLSFiles) async throws -> NIOSSLContext {
        try await NIOThreadPool.singleton.runIfActive {
            try ServerCertificate(files, now: WallClock.now()).context(files)
        }
    }

    /// The handler keeps the buffer it encrypts into: no more of it than a usual answer takes.
    private static let lean: NIOSSLHandler.Configuration = {
        var configuration = NIOSSLHandler.Configuration()
        configuration.maximumPreservedOutboundBufferCapacity = 1_024
        return configuration
    }()
}
