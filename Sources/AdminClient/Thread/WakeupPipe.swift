import Glibc

/// A pipe that makes `poll` return: written by one side, drained by the other. Both ends never block.
package final class WakeupPipe: Sendable {
    package let readEnd: Int32
    private let writeEnd: Int32

    package init() throws(WakeupPipeFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw WakeupPipeFailure(code: errno) }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    package func signal() {
        var byte: UInt8 = 1
        // A full pipe wakes the reader as well as one byte more would.
        _ = write(writeEnd, &byte, 1)
    }

    package func drain() {
        var buffer: (UInt64, UInt64) = (0, 0)
        let size = MemoryLayout.size(ofValue: buffer)
        while read(readEnd, &buffer, size) == size {}
    }
}

/// The process may open no more files.
package struct WakeupPipeFailure: Error, CustomStringConvertible {
    let code: Int32

    package var description: String {
        "cannot make a pipe: \(String(cString: strerror(code))); raise the limit on open files (ulimit -n)"
    }
}
