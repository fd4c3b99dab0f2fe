import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Puts into plain words why a connection could not be made, or ended.
enum DialFailure {
    static func words(for error: any Error) -> String {
        switch error {
        case let failure as NIOConnectionError: words(for: failure)
        case let failure as IOError: String(cString: strerror(failure.errnoCode))
        case ChannelError.connectTimeout: "no answer in time"
        case ChannelError.ioOnClosedChannel: "the connection was closed here"
        case NIOSSLError.uncleanShutdown: "Redis closed the connection"
        case let failure as NIOSSLError: words(for: failure)
        case let failure as NIOSSLExtraError: "the certificate is not for this host: \(failure)"
        default: "\(error)"
        }
    }

    /// The address tried last stands for all of them.
    private static func words(for failure: NIOConnectionError) -> String {
        if let attempt = failure.connectionErrors.last { return words(for: attempt.error) }
        return "the host name \(failure.host) does not resolve"
    }

    /// BoringSSL's own words are long and name source files; the few failures of practice have theirs.
    private static func words(for failure: NIOSSLError) -> String {
        let text = "\(failure)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "the certificate is not signed by a known authority" }
        if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
        if text.contains("CERTIFICATE_REQUIRED") { return "it asks for a client certificate; see tls-auth-clients" }
        return "TLS failed: \(text)"
    }
}
