import FleetModel
import Glibc

/// The question before an act, asked on stderr so that stdout keeps to the outcome.
@MainActor
enum Confirmation {
    /// Has the operator type `words`.
    /// - Throws: `CommandFailure` when there is nobody to ask, or the answer is another.
    static func type(_ words: SafeText, to act: SafeText) throws {
        try ask("Type \(words) to \(act): ") { $0 == words.text }
    }

    static func yes(to act: SafeText) throws {
        try ask("\(act)? [y/N] ") { ["y", "yes"].contains($0.lowercased()) }
    }

    private static func ask(_ question: SafeText, accepts: (String) -> Bool) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(.wrongUsage, "standard input is no terminal, so nobody can be asked: add --yes")
        }
        Print.write(question.text, to: STDERR_FILENO, terminator: "")
        guard let answer = readLine(), accepts(answer) else {
            throw CommandFailure(.failed, "nothing was done")
        }
    }
}
