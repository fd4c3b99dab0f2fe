/// Why a theme file is refused: where in it, which key, and what to write instead.
package struct ThemeError: Error, Equatable, CustomStringConvertible {
    package let file: String
    /// From 1; nil where the trouble has no place, such as an empty file.
    package let line: Int?
    /// The path to the key, such as `roles.critical.256.fg`; empty for the file as a whole.
    package let key: String
    package let problem: String

    package init(file: String, line: Int?, key: String, problem: String) {
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
    }

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(problem)" : "\(place): \(key): \(problem)"
    }
}
