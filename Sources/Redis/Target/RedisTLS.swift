import NIOCore
import NIOSSL

/// TLS to Redis: certificates are verified, against the host's name or address too.
struct RedisTLS: Sendable {
    private let context: NIOSSLContext

    /// Redis that is hung does not say goodbye, and whoever leaves it does not wait.
    private static let goodbye = TimeAmount.milliseconds(50)

    /// Reads files, and so is made before any event loop needs it.
    init(certificateAuthority: String?) throws(TLSFailure) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = Self.goodbye
        if let certificateAuthority { configuration.trustRoots = .file(certificateAuthority) }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            let file = certificateAuthority ?? "the system's store"
            throw TLSFailure("no certificate authorities could be read from \(file): \(error)")
        }
    }

    func handler(for host: String) throws -> NIOSSLClientHandler {
        // An address is no name for SNI; the certificate is held against the address connected to.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}

/// Why TLS cannot be used at all.
package struct TLSFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
