import Dispatch

/// Runs what waits for a disk apart from everything else: a disk that hangs must not take a thread from those who ask
/// workers and act on them.
final class DiskThread: TaskExecutor {
    private let queue = DispatchQueue(label: "gadtop.disk")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
