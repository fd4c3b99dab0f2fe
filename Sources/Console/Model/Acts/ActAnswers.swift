import FleetModel

/// Why there is no plan.
struct ActComplaint: Error, Equatable {
    enum Kind: Sendable, Equatable {
        /// Something that was typed makes no sense.
        case wrong
        /// Something has yet to be typed.
        case missing
        /// Workers have been asked, or will be, and have not answered.
        case awaited
    }

    let kind: Kind
    let words: SafeText

    init(_ kind: Kind, _ words: SafeText) {
        self.kind = kind
        self.words = words
    }
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
        else { throw ActComplaint(.wrong, ActFieldWords.badRate) }
        return value
    }

    /// Seconds, or minutes or hours with their letter, such as `90`, `5m` or `1h`.
    func duration(_ name: ActField.Name) throws(ActComplaint) -> Duration? {
        guard let text = texts[name] else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        guard let value = Int64(unit == nil ? text : String(text.dropLast())),
            (1...Self.longest / (unit ?? 1)).contains(value)
        else { throw ActComplaint(.wrong, ActFieldWords.badTime) }
        return .seconds(value * (unit ?? 1))
    }

    /// A part of the whole, such as `10%`.
    /// - Returns: 0.1 for that.
    func part(_ name: ActField.Name) throws(ActComplaint) -> Double? {
        guard let text = texts[name] else { return nil }
        guard let value = Double(text.hasSuffix("%") ? String(text.dropLast()) : text), value > 0, value <= 100 else {
            throw ActComplaint(.wrong, ActFieldWords.badPart)
        }
        return value / 100
    }

    /// A time that may not be just any length.
    func duration(_ name: ActField.Name, upTo most: Duration) throws(ActComplaint) -> Duration? {
        guard let time = try duration(name) else { return nil }
        guard time <= most else { throw ActComplaint(.wrong, ActFieldWords.tooLong(Figures.wait(most))) }
        return time
    }

    /// One of a few, by its name or the start of it.
    func choice<Value: RawRepresentable>(
        _ name: ActField.Name, of values: [Value]
    ) throws(ActComplaint) -> Value? where Value.RawValue == String {
        guard let text = texts[name]?.lowercased() else { return nil }
        let meant = values.filter { $0.rawValue.hasPrefix(text) }
        guard let value = values.first(where: { $0.rawValue == text }) ?? (meant.count == 1 ? meant.first : nil) else {
            let names = SafeText(values.map(\.rawValue).joined(separator: ", "))
            throw ActComplaint(.wrong, ActFieldWords.notOneOf(names))
        }
        return value
    }

    /// Yes or no, in either language; no where nothing was typed.
    func flag(_ name: ActField.Name) throws(ActComplaint) -> Bool {
        switch texts[name]?.lowercased() {
        case nil, "n"?, "no"?: return false
        case "y"?, "yes"?, "s"?, "si"?, "sí"?: return true
        case _?: throw ActComplaint(.wrong, ActFieldWords.notYesOrNo)
        }
    }

    /// A week, in seconds: whoever asks for longer has mistyped.
    private static let longest: Int64 = 604_800
}
