/// A place in the configuration file, as refusals name it: `FILE:LINE: key.path`.
struct FilePlace: Sendable, Equatable {
    var path: String
    var line: Int
    /// `classes.critical.rate`, `rooms[1].prefix`; empty for the file itself.
    var key: String

    /// The place of a key within this one.
    func child(_ name: String, line: Int) -> FilePlace {
        FilePlace(path: path, line: line, key: key.isEmpty ? name : "\(key).\(name)")
    }

    /// The place of an item of the list that is here.
    func item(_ index: Int, line: Int) -> FilePlace { FilePlace(path: path, line: line, key: "\(key)[\(index)]") }

    /// What is wrong here, and what is allowed.
    func refusal(_ words: String) -> SettingError {
        SettingError("\(path):\(line): \(key.isEmpty ? "" : key + ": ")\(words)")
    }
}
