import Glibc

/// Starts a thread for a loop that waits on sockets or disks, where blocking Swift's own pool would starve others.
package enum DedicatedThread {
    /// - Returns: false when the process may have no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let job = Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let code = withSignalsBlocked {
            pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                }, job.toOpaque())
        }
        guard code == 0 else {
            job.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Signals belong to the main thread; a new thread inherits the mask of its maker.
    private static func withSignalsBlocked(_ body: () -> Int32) -> Int32 {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return body()
    }

    private final class Job {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
