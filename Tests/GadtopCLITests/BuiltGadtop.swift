import Glibc
import TestSupport

/// The gadtop that was built with these tests: it lies beside them.
enum BuiltGadtop {
    static var path: String { directory + "/gadtop" }

    /// Whether the demo's other programs lie there too.
    static var hasFleet: Bool {
        ["/gadgate", "/gadload"].allSatisfy { access(directory + $0, X_OK) == 0 }
    }

    private static var directory: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    /// Runs it to its end, without a terminal.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let process = try ChildProcess(path, arguments, environment: environment)
        let exit = try await process.wait(within: .seconds(30))
        return Outcome(exit: exit, output: process.output, errors: process.errors)
    }

    struct Outcome {
        let exit: ChildProcess.Exit
        let output: String
        let errors: String
    }
}
