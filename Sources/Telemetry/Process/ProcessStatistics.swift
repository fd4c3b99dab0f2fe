import FleetModel
import Glibc

/// What the kernel says of this process at one moment.
package struct ProcessStatistics: Sendable, Equatable {
    package var openFDs: Int
    /// The soft limit on open file descriptors.
    package var maxFDs: Int
    /// Resident memory.
    package var memory: ByteCount
    /// User and system time since the start.
    package var cpu: Duration

    /// Reads `/proc/self` and asks the kernel; figures that cannot be read are 0.
    package static func current() -> ProcessStatistics {
        ProcessStatistics(
            openFDs: countOpenFDs(), maxFDs: softLimitOfFDs(), memory: residentMemory(), cpu: usedCPU())
    }

    /// Source: proc(5), `/proc/pid/statm`: the second field counts resident pages.
    static func residentPages(statm: some StringProtocol) -> Int64? {
        let fields = statm.split(separator: " ")
        return fields.count > 1 ? Int64(fields[1]) : nil
    }
}

extension ProcessStatistics {
    private static func countOpenFDs() -> Int {
        guard let directory = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Less `.`, `..` and the descriptor that the listing itself holds.
        return max(0, count - 3)
    }

    private static func softLimitOfFDs() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Int(clamping: limit.rlim_cur)
    }

    private static func residentMemory() -> ByteCount {
        guard let text = contents(of: "/proc/self/statm"), let pages = residentPages(statm: text) else { return .zero }
        return ByteCount(pages * Int64(sysconf(Int32(_SC_PAGESIZE))))
    }

    private static func usedCPU() -> Duration {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return .zero }
        return duration(usage.ru_utime) + duration(usage.ru_stime)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(time.tv_sec) + .microseconds(Int64(time.tv_usec))
    }

    /// The first 256 bytes of a file, which is all that the one-line files of `/proc` have.
    private static func contents(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
        }
    }
}
