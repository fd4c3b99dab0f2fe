import Glibc
import NIOCore

/// Why a connection could not be made, in few words that are the same for the same cause, so that they can be counted.
enum ConnectFailure {
    static func words(for error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout: "no answer to the connection attempt"
        default: "\(type(of: error))"
        }
    }
}
