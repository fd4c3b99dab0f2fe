import FleetModel
import Foundation
import Gateway

/// What the settings take from the machine they are read on.
struct Machine: Sendable {
    var hostName: String
    var environment: [String: String]
    var userID: UInt32
    /// The content of a file.
    var read: @Sendable (_ path: String) throws -> [UInt8]

    var standardRunDirectory: String { StandardRunDirectory.path(environment: environment, userID: userID) }

    static var current: Machine {
        Machine(
            hostName: ProcessInfo.processInfo.hostName, environment: ProcessInfo.processInfo.environment,
            userID: geteuid(), read: readFile)
    }

    /// Secrets and settings are short; a device or a log given by mistake is not read to its end.
    private static let longestFile = 1 << 20

    @Sendable private static func readFile(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(code: errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        return Array(try file.read(upToCount: longestFile) ?? Data())
    }
}
