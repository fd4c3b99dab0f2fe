import Glibc

/// Writes lines to the standard streams; what is written has been made safe by whoever made it.
enum Print {
    /// The outcome of a command: what scripts read.
    static func output(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Progress, questions and failures.
    static func error(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// - Parameter terminator: empty for a question that is answered on its own line.
    static func write(_ text: String, to descriptor: Int32, terminator: String = "\n") {
        var rest = Array((text + terminator).utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A reader that is gone ends the output; there is nobody left to tell.
            guard count > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
