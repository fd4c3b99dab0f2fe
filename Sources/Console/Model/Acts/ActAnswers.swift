import FleetModel

/// What is wrong with something that was typed.
struct ActComplaint: Error, Equatable {
    let words: SafeText
}

/// What was typed into the fields of a form, read as what it means.
struct ActAnswers: Sendable {
    private let texts: [ActField.Name: String]
    /// Options that let a refused plan go on, such as `allow-last`; the longer confirmation names them.
    var overrides: Set<SafeText> = []

    init(_ fields: [ActField]) {
        let pairs = fields.map { ($0.name, $0.text.trimmed) }
        texts = Dictionary(pairs) { first, _ in first }.filter { !$0.value.isEmpty }
    }

    /// nil when nothing was typed.
    subscript(name: ActField.Name) -> String? { texts[name] }

    var reason: String? { texts[.reason] }

    /// A number a second, such as `500` or `0.5/s`.
    func rate(_ name: ActField.Name = .rate) throws(ActComplaint) -> Double? {
        guard let text = texts[name] else { return nil }
        guard let value = Double(text.hasSuffix("/s") ? String(text.dropLast(2)) : text), value.isFinite, value > 0
        else { throw ActComplaint(words: "A rate is a number a second, as 500; empty: the standard") }
        return value
    }

    /// Seconds, or minutes or hours with their letter, such as `90`, `5m` or `1h`.
    func duration(_ name: ActField.Name) throws(ActComplaint) -> Duration? {
        guard let text = texts[name] else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        guard let value = Int64(unit == nil ? text : String(text.dropLast())),
            (1...Self.longest / (unit ?? 1)).contains(value)
        else { throw ActComplaint(words: "A time is seconds, or minutes with an m, as 90 or 5m; empty: the standard") }
        return .seconds(value * (unit ?? 1))
    }

    /// A part of the whole, such as `10%`.
    /// - Returns: 0.1 for that.
    func part(_ name: ActField.Name) throws(ActComplaint) -> Double? {
        guard let text = texts[name] else { return nil }
        guard let value = Double(text.hasSuffix("%") ? String(text.dropLast()) : text), value > 0, value <= 100 else {
            throw ActComplaint(words: "A tolerance is a percentage, as 10%; empty: the standard")
        }
        return value / 100
    }

    /// A week, in seconds: whoever asks for longer has mistyped.
    private static let longest: Int64 = 604_800
}
