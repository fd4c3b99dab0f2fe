import FoundationEssentials
import Glibc

/// A directory of its own for one test, removed with all it holds when the value goes away.
package final class TemporaryDirectory: Sendable {
    /// Absolute and short, so that a unix socket's path (at most 107 bytes) fits under it.
    package let path: String

    package init() throws {
        var template = Array("/tmp/gad-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemFailure("mkdtemp /tmp/gad-XXXXXX") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package func path(_ name: String) -> String { path + "/" + name }

    deinit {
        // Best effort: what cannot be removed stays in /tmp and fails no test.
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// A failed system call, in words.
package struct SystemFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ call: String, code: Int32 = errno) {
        description = "\(call): \(String(cString: strerror(code)))"
    }
}
