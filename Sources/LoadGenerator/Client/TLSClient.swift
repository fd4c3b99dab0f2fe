import NIOCore
import NIOSSL

/// The client's end of TLS, whose certificates are checked against one authority or those of the system.
struct TLSClient: Sendable {
    private let context: NIOSSLContext

    /// - Parameter certificateAuthority: a PEM file.
    /// - Throws: `LoadRefusal`.
    init(certificateAuthority: String?) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let certificateAuthority { configuration.trustRoots = .file(certificateAuthority) }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw LoadRefusal.unreadableAuthority(file: certificateAuthority ?? "the system's", reason: "\(error)")
        }
    }

    /// - Parameter host: a name is sent as SNI and checked; of an address, the certificate has to have that address.
    func handler(for host: String) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: isAddress(host) ? nil : host)
    }

    private func isAddress(_ host: String) -> Bool {
        // A name is no address, whatever the reason.
        (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }
}
