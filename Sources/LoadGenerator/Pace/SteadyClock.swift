import Glibc

/// CLOCK_MONOTONIC: the same for every process of a machine, so that one may stamp and another may read.
package enum SteadyClock {
    /// Nanoseconds since some moment before the machine's processes.
    package static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
