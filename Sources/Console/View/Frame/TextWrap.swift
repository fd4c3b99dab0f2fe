import FleetModel
import Terminal

extension SafeText {
    /// Breaks at blanks into lines of at most so many columns; a word that is longer is left to be cut where it is put.
    func wrapped(to width: Int) -> [SafeText] {
        var lines: [SafeText] = []
        var line: SafeText = ""
        for part in text.split(separator: " ") {
            let word = SafeText(part)
            let longer = line.isEmpty ? word : "\(line) \(word)"
            if line.isEmpty || longer.columnWidth <= width {
                line = longer
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
