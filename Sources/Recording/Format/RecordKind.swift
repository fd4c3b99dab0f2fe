/// What a record in a block is. A number is never used for something else; a reader skips those that it does not know.
enum RecordKind: UInt64 {
    /// Not a record of its own: a text that those after it name by its place.
    case text = 1
    case sample = 2
    case appeared = 3
    case vanished = 4
    case lost = 5
    case lookup = 6
    case control = 7
    case answer = 8
    /// Who is known at the start of a group.
    case standing = 9
    case began = 10
}
