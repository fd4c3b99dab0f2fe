import NIOPosix

/// A thread of its own for writing the audit file: what runs on it may wait for a disk without holding anyone up.
final class AuditThread: SerialExecutor {
    private let pool = NIOThreadPool(numberOfThreads: 1)

    init() {
        pool.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Also a pool that is shut down calls this, so that no job is lost.
        pool.submit { _ in job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
