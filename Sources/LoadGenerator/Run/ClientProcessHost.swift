import FleetModel
import Foundation
import Subprocess

/// Starts a client process and stays with it to its end: its plan and commands in, its reports out.
struct ClientProcessHost: Sendable {
    let program: LoadRun.Program
    let index: Int
    let plan: ProcessPlan
    let ledger: RunLedger

    /// - Parameter commands: handed on as they come; the process's input stays open until it has ended, since its end
    ///   is what tells the process that the run is gone.
    func run(_ commands: AsyncStream<ClientProcess.Command>) async throws {
        let plan = try JSONEncoder().encode(plan) + Data("\n".utf8)
        let result = try await Subprocess.run(
            .path(.init(program.executable)), arguments: .init(program.arguments), input: .inputWriter,
            output: .sequence,
            error: .currentStandardError
        ) { process in
            _ = try await process.standardInputWriter.write(Array(plan))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await command in commands {
                        _ = try await process.standardInputWriter.write(command.rawValue + "\n")
                    }
                }
                try await read(process.standardOutput)
                group.cancelAll()
            }
        }
        guard result.terminationStatus.isSuccess else {
            throw LoadRefusal.processFailed("it ended with \(result.terminationStatus)")
        }
    }

    private func read(_ output: SubprocessOutputSequence) async throws {
        var splitter = LineSplitter()
        for try await bytes in output {
            let lines = bytes.withUnsafeBytes { splitter.lines(adding: $0) }
            for line in lines {
                try await ledger.take(JSONDecoder().decode(ProcessReport.self, from: Data(line)), from: index)
            }
        }
    }
}
