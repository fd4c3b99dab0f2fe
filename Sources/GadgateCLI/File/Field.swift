/// One key of a section of the file: how its value is read into the section, and how two sections differ in it.
struct Field<Section: Sendable>: Sendable {
    let key: String
    /// Whether a section is refused that leaves the key out.
    let isRequired: Bool
    let read: @Sendable (FileValue, inout Section) throws -> Void
    /// The paths at which two sections differ, from this field's key on.
    let changes: @Sendable (Section, Section) -> [String]
    /// What a reference says of this key and of those within it, with the values of a section as the defaults.
    let reference: @Sendable (Section) -> [KeyReference]
}

/// What a reference says of a key.
struct KeyReference: Sendable, Equatable {
    var path: String
    /// As it is written in a file.
    var standard: String
    /// As the end of "give …".
    var allowed: String
}

extension Field {
    /// A single value.
    init<Value: Equatable & Sendable>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ kind: Kind<Value>,
        isRequired: Bool = false
    ) {
        self.init(
            key, path, allowed: kind.allowed, isRequired: isRequired,
            read: { value, _ in
                let text = try value.text(request: kind.request)
                guard let read = kind.read(text) else {
                    throw value.place.refusal("\"\(text)\" is not allowed: \(kind.request)")
                }
                return read
            }, write: kind.write)
    }

    /// A value of any form.
    /// - Parameter read: it may take from what was read of the section before it.
    init<Value: Equatable & Sendable>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, allowed: String,
        isRequired: Bool = false,
        read: @escaping @Sendable (FileValue, Section) throws -> Value, write: @escaping @Sendable (Value) -> String
    ) {
        self.key = key
        self.isRequired = isRequired
        self.read = { $1[keyPath: path] = try read($0, $1) }
        changes = { $0[keyPath: path] == $1[keyPath: path] ? [] : [key] }
        reference = { [KeyReference(path: key, standard: write($0[keyPath: path]), allowed: allowed)] }
    }

    /// A mapping with keys of its own.
    init<Inner: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Section, Inner> & Sendable, _ inner: FileSection<Inner>
    ) {
        self.key = key
        isRequired = false
        read = { try inner.read($0, into: &$1[keyPath: path]) }
        changes = { inner.changes($0[keyPath: path], $1[keyPath: path]).map { "\(key).\($0)" } }
        reference = { section in
            inner.reference(section[keyPath: path]).map {
                KeyReference(path: "\(key).\($0.path)", standard: $0.standard, allowed: $0.allowed)
            }
        }
    }
}
