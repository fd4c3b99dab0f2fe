import FleetModel
import Logging
import Redis

/// One run of gadload, from the first connection to the report.
package struct LoadRun: Sendable {
    private let options: LoadOptions
    private let program: Program
    private let stop: StopSignal
    private let logger: Logger
    private let run = RunID()

    /// How to start a client process: this program again, with a command of its own.
    package struct Program: Sendable {
        package var executable: String
        package var arguments: [String]

        package init(executable: String, arguments: [String]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    package init(_ options: LoadOptions, program: Program, stop: StopSignal, logger: Logger) {
        self.options = options
        self.program = program
        self.stop = stop
        self.logger = logger
    }

    /// - Parameters:
    ///   - mint: for the connection to publish through, when that is a WebSocket.
    ///   - announce: called once, with what the run is about to do.
    ///   - tell: called once a second with how the run stands.
    /// - Throws: `LoadRefusal`.
    package func perform(
        mint: any TokenMint, announce: (LoadPlan) -> Void, tell: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> LoadReport {
        let plan = try LoadPlan(options, run: run, descriptorLimit: OpenFiles.raiseLimit())
        announce(plan)
        let publisher = try await PublisherHandle(options, run: run, mint: mint, logger: logger)
        let ledger = RunLedger(processes: plan.processes.count, classes: options.classes)
        let conductor = RunConductor(options: options, plan: plan, ledger: ledger, publisher: publisher, stop: stop)
        // Cancelled when the run is done, as every child task that nobody awaits.
        async let _ = conductor.tellProgress(tell)
        return try await conduct(conductor, plan, ledger)
    }

    private func conduct(_ conductor: RunConductor, _ plan: LoadPlan, _ ledger: RunLedger) async throws -> LoadReport {
        try await withThrowingTaskGroup(of: LoadReport?.self) { group in
            var sources: [AsyncStream<ClientProcess.Command>.Continuation] = []
            for (index, process) in plan.processes.enumerated() {
                let (commands, source) = AsyncStream.makeStream(of: ClientProcess.Command.self)
                sources.append(source)
                let host = ClientProcessHost(program: program, index: index, plan: process, ledger: ledger)
                group.addTask {
                    try await host.run(commands)
                    return nil
                }
            }
            let ends = sources
            group.addTask { try await conductor.conduct { command in for end in ends { end.yield(command) } } }
            var report: LoadReport?
            for try await result in group { report = result ?? report }
            guard let report else { throw LoadRefusal.processFailed("all of them ended before the run did") }
            return report
        }
    }
}
