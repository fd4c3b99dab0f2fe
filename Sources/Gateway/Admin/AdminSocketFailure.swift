/// Why a worker's admin socket cannot be bound, in words for whoever started it.
package enum AdminSocketFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case directory(String, String)
    /// Users other than the owner can write in it.
    case unsafeDirectory(String, String)
    case pathTooLong(String)
    case inUse(String)

    package var description: String {
        switch self {
        case .directory(let path, let problem):
            "the run directory \(path) cannot be used: \(problem); choose another with --run-dir"
        case .unsafeDirectory(let path, let problem):
            "the run directory \(path) is not safe: \(problem); remove it, or choose another with --run-dir"
        case .pathTooLong(let path):
            "the admin socket's path is longer than 107 bytes: \(path); choose a shorter --run-dir or --node"
        case .inUse(let path):
            "another gadgate serves \(path); stop it, or choose another --run-dir or --node"
        }
    }
}
