/// Which rooms are meant: one by its name, or with `*` at the end all whose names begin so.
package struct RoomPattern: Hashable, Sendable, CustomStringConvertible {
    private let stem: String
    private let isPrefix: Bool

    /// - Returns: nil for text that is neither a room's name nor one with `*` at its end; `*` alone means every room.
    package init?(_ text: String) {
        isPrefix = text.hasSuffix("*")
        stem = isPrefix ? String(text.dropLast()) : text
        guard RoomName(stem) != nil || text == "*" else { return nil }
    }

    package var description: String { isPrefix ? stem + "*" : stem }

    package func matches(_ room: RoomName) -> Bool {
        isPrefix ? room.rawValue.hasPrefix(stem) : room.rawValue == stem
    }
}
