import FleetModel

/// One thing as data: its fields in the order in which they are printed.
struct OutputRecord {
    struct Field {
        let name: String
        let value: OutputValue
    }

    let fields: [Field]

    init(fields: [(String, OutputValue)]) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }
}

/// What a field can hold.
indirect enum OutputValue {
    case none
    case text(SafeText)
    case integer(Int64)
    /// At most six places are printed: microseconds, where the unit is the second.
    case number(Double)
    case boolean(Bool)
    case record(OutputRecord)
    case list([OutputValue])

    static func integer(_ value: some BinaryInteger) -> Self { .integer(Int64(clamping: value)) }
    static func seconds(_ value: Duration?) -> Self { value.map { .number($0.inSeconds) } ?? .none }
    static func time(_ value: UnixTime?) -> Self { value.map { .text(SafeText($0.description)) } ?? .none }
    static func text(_ value: String?) -> Self { value.map { .text(SafeText($0)) } ?? .none }
    static func worker(_ value: WorkerID) -> Self { .text(SafeText(value)) }
}

// MARK: - JSON

extension OutputRecord {
    var json: String {
        "{" + fields.map { OutputValue.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
    }

    /// An array with one object a line, so that both `jq` and a person can read it.
    static func json(_ records: [OutputRecord]) -> String {
        records.isEmpty ? "[]" : "[\n" + records.map { "  " + $0.json }.joined(separator: ",\n") + "\n]"
    }
}

extension OutputValue {
    var json: String {
        switch self {
        case .none: "null"
        case .text(let text): Self.quoted(text.text)
        case .integer(let value): String(value)
        case .number(let value): Self.decimal(value)
        case .boolean(let value): value ? "true" : "false"
        case .record(let record): record.json
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        }
    }

    /// RFC 8259, 7. Control characters are gone already: `SafeText` replaced them.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    private static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "null" }
        let micros = Int64((value * 1e6).rounded())
        let (whole, part) = (micros.magnitude / 1_000_000, String(micros.magnitude % 1_000_000))
        var digits = String(repeating: "0", count: 6 - part.count) + part
        while digits.last == "0" { digits.removeLast() }
        return (micros < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }
}

// MARK: - CSV

extension OutputRecord {
    /// RFC 4180 with a header line; nested values are left out, they have no column.
    static func csv(_ records: [OutputRecord], columns: [String]) -> String {
        let lines = records.map { record in
            columns.map { name in record.fields.first { $0.name == name }?.value.csv ?? "" }.joined(separator: ",")
        }
        return ([columns.joined(separator: ",")] + lines).joined(separator: "\n")
    }
}

extension OutputValue {
    fileprivate var csv: String {
        switch self {
        case .none, .record, .list: ""
        case .text(let text): Self.csvField(text.text)
        case .integer, .number, .boolean: json
        }
    }

    private static func csvField(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
