import FleetModel
import Subprocess

extension WorkerKeeper {
    /// Looks after the process that runs, until cancelled.
    func watch() async {
        while !Task.isCancelled {
            // Cancellation ends the loop.
            try? await Task.sleep(for: Watchdog.interval)
            act(on: watchdog.look())
        }
    }

    func noteLife() {
        guard let silence = watchdog.hear() else { return }
        logger.notice("the worker answers again", metadata: ["silent": "\(Figures.elapsed(silence))"])
    }

    private func act(on action: Watchdog.Action) {
        switch action {
        case .none: break
        case .warn:
            logger.error(
                "the worker hangs: its process runs and says nothing",
                metadata: ["silent": "\(Figures.elapsed(Watchdog.warnAfter))"])
        case .kill:
            hangs += 1
            logger.error(
                "the worker is killed: it hung for too long",
                metadata: ["silent": "\(Figures.elapsed(watchdog.patience))", "killed": "\(hangs)"])
            signal(.kill)
        }
    }
}
