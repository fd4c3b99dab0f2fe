import FleetModel
import FoundationEssentials
import Glibc

/// What a process has used, as the kernel counts it.
package struct ServerUsage: Sendable, Equatable, Codable {
    /// User and system time since the process began.
    @InSeconds package var cpuTime: Duration = .zero
    package var resident: ByteCount = .zero
    /// Proportional share of what is mapped; nil where it may not be read.
    package var proportional: ByteCount?
    /// Memory of its own, neither file nor shared: what a connection costs in user space.
    package var anonymous: ByteCount?

    /// - Returns: nil when there is no such process any more.
    package static func read(pid: Int32) -> ServerUsage? {
        // A file that cannot be read is a process that has ended, or a kernel that does not tell.
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        let rollup = try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)
        return ServerUsage(
            stat: stat, rollup: rollup, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)),
            pageSize: sysconf(Int32(_SC_PAGESIZE)))
    }

    /// - Parameters:
    ///   - stat: proc_pid_stat(5); the name in it may have spaces and parentheses.
    ///   - rollup: proc_pid_smaps_rollup(5).
    package init?(stat: String, rollup: String?, ticksPerSecond: Int, pageSize: Int) {
        guard let name = stat.lastIndex(of: ")"), ticksPerSecond > 0 else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        guard fields.count > 21, let user = Int64(fields[11]), let system = Int64(fields[12]),
            let pages = Int64(fields[21])
        else { return nil }
        cpuTime = .microseconds((user + system) * 1_000_000 / Int64(ticksPerSecond))
        resident = ByteCount(pages * Int64(pageSize))
        proportional = rollup.flatMap { Self.kibibytes("Pss:", in: $0) }
        anonymous = rollup.flatMap { Self.kibibytes("Anonymous:", in: $0) }
    }

    private static func kibibytes(_ key: String, in rollup: String) -> ByteCount? {
        let line = rollup.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map(ByteCount.kibibytes)
    }
}
