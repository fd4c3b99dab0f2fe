/// A mapping of the file: its keys, and what they must fulfil together.
struct FileSection<Value: Sendable>: Sendable {
    private let fields: [Field<Value>]
    private let check: @Sendable (Value, FileValue) throws -> Void

    /// - Parameters:
    ///   - fields: read in this order, whatever the order in the file.
    ///   - check: refuses values that contradict each other.
    init(_ fields: [Field<Value>], check: @escaping @Sendable (Value, FileValue) throws -> Void = { _, _ in }) {
        self.fields = fields
        self.check = check
    }

    var keys: [String] { fields.map(\.key) }

    /// Reads the keys that are given; the others keep what `value` has.
    /// - Parameter others: keys that are read elsewhere.
    /// - Throws: `SettingError`.
    func read(_ mapping: FileValue, into value: inout Value, others: [String] = []) throws {
        let entries = try mapping.entries()
        for entry in entries where !keys.contains(entry.key) && !others.contains(entry.key) {
            throw entry.value.place.refusal(
                "there is no setting of this name; there are \((others + keys).joined(separator: ", "))")
        }
        for field in fields {
            if let entry = entries.first(where: { $0.key == field.key }) {
                try field.read(entry.value, &value)
            } else if field.isRequired {
                throw mapping.refusal(at: field.key, words: "this key is missing")
            }
        }
        try check(value, mapping)
    }

    /// The paths of the keys in which two values differ.
    func changes(_ old: Value, _ new: Value) -> [String] { fields.flatMap { $0.changes(old, new) } }

    /// Every key there is, with `value` as the defaults.
    func reference(_ value: Value) -> [KeyReference] { fields.flatMap { $0.reference(value) } }
}
