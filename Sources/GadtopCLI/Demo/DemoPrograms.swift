import FoundationEssentials
import Glibc

/// The programs that a demo needs, as paths.
struct DemoPrograms {
    let redis: String
    let gateway: String
    let load: String

    /// - Throws: `CommandFailure` that names what is missing and how to get it.
    static func find(environment: [String: String]) throws -> DemoPrograms {
        let path = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
        let sibling = ownDirectory.map { [$0] } ?? []
        return DemoPrograms(
            redis: try find("redis-server", in: path, hint: "install it (apt-get install redis-server)"),
            gateway: try find("gadgate", in: sibling + path, hint: "build it (swift build --product gadgate)"),
            load: try find("gadload", in: sibling + path, hint: "build it (swift build --product gadload)"))
    }

    private static func find(_ name: String, in directories: [String], hint: String) throws -> String {
        let candidates = directories.map { $0 + "/" + name }
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw CommandFailure(.failed, "\(name) is neither beside gadtop nor in PATH: \(hint)")
        }
        return found
    }

    /// Where this program itself lies.
    private static var ownDirectory: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
}
