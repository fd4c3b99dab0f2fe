import AdminAPI

/// Cuts text from Redis, which may be as long as its writer liked, to what an answer has room for.
enum BoundedText {
    enum Use {
        case name
        case slowCommand

        var maximumBytes: Int {
            switch self {
            case .name: RedisKeyInfo.maximumNameBytes
            case .slowCommand: RedisSlowCommand.maximumTextBytes
            }
        }
    }

    private static let mark = "…"

    /// Text that is longer ends in `…`, whole characters before it.
    static func cut(_ text: String, to use: Use) -> String {
        let limit = use.maximumBytes
        guard text.utf8.count > limit else { return text }
        var (cut, bytes) = ("", mark.utf8.count)
        for character in text {
            bytes += character.utf8.count
            guard bytes <= limit else { break }
            cut.append(character)
        }
        return cut + mark
    }
}
