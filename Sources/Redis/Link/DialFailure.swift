import Glibc
import NIOCore
import NIOPosix

/// Puts into plain words why a dial failed.
enum DialFailure {
    static func words(for error: any Error) -> String {
        switch error {
        case let failure as NIOConnectionError: words(for: failure)
        case let failure as IOError: String(cString: strerror(failure.errnoCode))
        case ChannelError.connectTimeout: "no answer in time"
        default: "\(error)"
        }
    }

    /// The address tried last stands for all of them.
    private static func words(for failure: NIOConnectionError) -> String {
        if let attempt = failure.connectionErrors.last { return words(for: attempt.error) }
        return "the host name \(failure.host) does not resolve"
    }
}
