import Foundation

/// The file that this process runs, to be started again.
enum OwnExecutable {
    static func path() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
