import FoundationEssentials

/// Has programs that a test starts read a wall clock that is wrong: a library between them and libc adds to it.
package final class WrongClock: Sendable {
    private let directory: TemporaryDirectory

    /// - Throws: `NeverHappened` when the library cannot be compiled; the compiler is the one that comes with Swift.
    package init() async throws {
        directory = try TemporaryDirectory()
        try Data(Self.source.utf8).write(to: URL(filePath: directory.path("clock.c")))
        let compiler = try ChildProcess(
            "clang", ["-shared", "-fPIC", "-o", directory.path("clock.so"), directory.path("clock.c")])
        guard try await compiler.wait(within: .seconds(30)) == .code(0) else {
            throw NeverHappened(description: "the wrong clock cannot be compiled: \(compiler.errors)")
        }
    }

    /// For a process whose clock is ahead by so much; behind, where it is below zero.
    package func environment(ahead: Duration) -> [String: String] {
        ["LD_PRELOAD": directory.path("clock.so"), "WRONG_CLOCK_SECONDS": "\(ahead.components.seconds)"]
    }

    /// The monotonic clocks stay right, as they do when somebody sets a clock.
    private static let source = """
        #define _GNU_SOURCE
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static long offset(void) {
            const char *text = getenv("WRONG_CLOCK_SECONDS");
            return text ? atol(text) : 0;
        }

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = (int)syscall(SYS_clock_gettime, clock, time);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += offset();
            return result;
        }

        int gettimeofday(struct timeval *restrict time, void *restrict zone) {
            (void)zone;
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            time->tv_sec = now.tv_sec;
            time->tv_usec = now.tv_nsec / 1000;
            return 0;
        }

        time_t time(time_t *place) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (place) *place = now.tv_sec;
            return now.tv_sec;
        }
        """
}
