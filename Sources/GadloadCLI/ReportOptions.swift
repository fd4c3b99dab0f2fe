import ArgumentParser
import LoadGenerator

/// What is reported, in which form, and where to.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("server-pid"),
        help: ArgumentHelp("A process of the server, for its CPU time and memory; repeat it.", valueName: "pid"))
    var serverPIDs: [Int32] = []

    @Option(name: .shortAndLong, help: "Form of the report on standard output.")
    var output = ReportForm.text

    @Option(help: ArgumentHelp("Also write the report to this file, as JSON.", valueName: "file"))
    var report: String?

    /// Writes the report and ends with its status.
    /// - Throws: that status, always.
    func end(with load: LoadReport) throws {
        switch output {
        case .text: Output.result(load.text())
        case .json: Output.result(try load.json())
        }
        if let report { try ReportFile.write(try load.json(), to: report) }
        throw ExitStatus(load.verdict).code
    }
}
