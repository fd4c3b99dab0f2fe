import FleetModel

/// Where a run brings together what its client processes tell.
actor RunLedger {
    private var progress: [Int: ClientProgress] = [:]
    private var finished: Set<Int> = []
    private let processes: Int
    private var log: PublishLog?
    private(set) var account: DeliveryAccount
    private(set) var tally = ClientTally()

    init(processes: Int, classes: [Criticality]) {
        self.processes = processes
        account = DeliveryAccount(classes: classes)
    }

    /// Receipts that come from here on are held against `log`.
    func startAccounting(_ log: PublishLog) { self.log = log }

    /// - Throws: `LoadRefusal` when the process says that it cannot do its work.
    func take(_ report: ProcessReport, from process: Int) throws {
        switch report {
        // One that was on its way when the process told its last is older than that.
        case .progress(let progress): if !finished.contains(process) { self.progress[process] = progress }
        case .receipts(let clients):
            guard let log else { throw LoadRefusal.processFailed("it told its receipts before it was asked") }
            for client in clients { account.add(client, log: log) }
        case .finished(let tally):
            self.tally.add(tally)
            finished.insert(process)
        case .failed(let reason): throw LoadRefusal.processFailed(reason)
        }
    }

    var areAllFinished: Bool { finished.count == processes }

    /// All processes together; settled once every one is.
    var total: ClientProgress {
        var sum = ClientProgress()
        sum.isSettled = progress.count == processes
        for part in progress.values { sum.add(part) }
        return sum
    }
}
