import FleetModel

/// What a supervisor is told: how many workers, and what is common to them.
package struct FleetConfiguration: Sendable, Equatable {
    package var workers: Int
    /// Worker i gets this plus i; nil gives each a free port.
    package var workerPortBase: Int?
    /// How long a worker may be silent before its process is killed; zero lets it be.
    package var watchdog: Duration
    /// What every worker gets; its name and ports are filled in. A shared port of 0 is replaced by a free one.
    package var common: WorkerConfiguration

    package init(workers: Int, workerPortBase: Int?, watchdog: Duration, common: WorkerConfiguration) {
        self.workers = workers
        self.workerPortBase = workerPortBase
        self.watchdog = watchdog
        self.common = common
    }

    package static let mostWorkers = 256

    func worker(_ index: Int, sharedPort: Int) -> WorkerConfiguration {
        var configuration = common
        configuration.worker = WorkerID(node: common.node, index: index)
        configuration.sharedPort = sharedPort
        configuration.adminListener = common.adminListener?.worker(configuration.worker, index: index)
        configuration.workerPort = workerPortBase.map { $0 + index } ?? 0
        return configuration
    }
}
