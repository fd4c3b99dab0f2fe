import FleetModel

/// A kind of value: how its text is read and written, and what is allowed.
struct Kind<Value: Sendable>: Sendable {
    /// As the end of "give …": `a time from 1s to 1h`.
    let allowed: String
    /// `like 30s`, for kinds that are not plain to everyone; empty for the others.
    let example: String
    /// Nil for a text that is not allowed.
    let read: @Sendable (String) -> Value?
    let write: @Sendable (Value) -> String

    init(
        allowed: String, example: String = "", read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.allowed = allowed
        self.example = example
        self.read = read
        self.write = write
    }

    /// What a refusal asks for.
    var request: String { "give \(allowed)" + (example.isEmpty ? "" : ", \(example)") }
}

extension Kind where Value: Comparable {
    /// - Parameter what: `a time`.
    fileprivate init(
        _ what: String, in range: ClosedRange<Value>, example: String = "",
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.init(
            allowed: "\(what) from \(write(range.lowerBound)) to \(write(range.upperBound))", example: example,
            read: { read($0).flatMap { range.contains($0) ? $0 : nil } }, write: write)
    }
}

extension Kind where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Kind {
        Kind("a whole number", in: range, read: { Int($0) }, write: { "\($0)" })
    }

    /// A size that the code counts as a plain number.
    static func bytes(_ range: ClosedRange<ByteCount>) -> Kind {
        let size = Kind<ByteCount>.size(range)
        return Kind(
            allowed: size.allowed, example: size.example, read: { size.read($0).map { Int($0.bytes) } },
            write: { size.write(ByteCount(Int64($0))) })
    }

    /// A time that the code counts as a plain number.
    static func wholeSeconds(_ range: ClosedRange<Int>) -> Kind {
        let time = Kind<Duration>.time(.seconds(range.lowerBound)...(.seconds(range.upperBound)))
        return Kind(
            allowed: time.allowed + ", in whole seconds",
            read: { text in
                time.read(text).flatMap { $0.components.attoseconds == 0 ? Int($0.components.seconds) : nil }
            },
            write: { time.write(.seconds($0)) })
    }
}

extension Kind where Value == Int? {
    /// A number, or `none` for no bound.
    static func optionalInteger(_ range: ClosedRange<Int>) -> Kind {
        let number = Kind<Int>.integer(range)
        return Kind(
            allowed: number.allowed + ", or none",
            read: { $0 == "none" ? .some(nil) : number.read($0).map { .some($0) } },
            write: { $0.map(number.write) ?? "none" })
    }
}

extension Kind where Value == Double {
    static func number(_ range: ClosedRange<Double>) -> Kind {
        Kind(
            "a number", in: range, read: { Double($0) },
            write: { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" })
    }

    /// A time that the code counts in seconds.
    static func seconds(_ range: ClosedRange<Duration>) -> Kind {
        let time = Kind<Duration>.time(range)
        return Kind(
            allowed: time.allowed, example: time.example, read: { time.read($0)?.inSeconds },
            write: { time.write(.microseconds(Int64(($0 * 1e6).rounded()))) })
    }
}

extension Kind where Value == Duration {
    static func time(_ range: ClosedRange<Duration>) -> Kind {
        Kind("a time", in: range, example: "like 500ms, 30s or 2m", read: DurationText.read, write: DurationText.write)
    }
}

extension Kind where Value == ByteCount {
    static func size(_ range: ClosedRange<ByteCount>) -> Kind {
        Kind("a size", in: range, example: "like 64KiB or 1MiB", read: ByteCountText.read, write: ByteCountText.write)
    }
}

extension Kind where Value == Bool {
    static var flag: Kind {
        Kind(allowed: "true or false", read: { ["true": true, "false": false][$0.lowercased()] }, write: { "\($0)" })
    }
}

extension Kind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    static var choice: Kind {
        Kind(
            allowed: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "),
            read: { Value(rawValue: $0) }, write: { $0.rawValue })
    }
}

extension Kind where Value == String {
    /// The beginning of a room's name; empty for every room.
    static var roomPrefix: Kind {
        Kind(
            allowed: "the beginning of room names, at most \(RoomName.maximumLength) of A-Za-z0-9:_.-",
            read: { $0.isEmpty || RoomName($0) != nil ? $0 : nil }, write: { $0.isEmpty ? "\"\"" : $0 })
    }
}
