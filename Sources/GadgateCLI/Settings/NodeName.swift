/// The name of a node: part of worker ids and of file names.
enum NodeName {
    private static let longest = 64

    static let kind = Kind<String>(
        allowed: "1 to \(longest) of A-Za-z0-9_.- for it names files and workers",
        read: { isValid($0) ? $0 : nil }, write: { $0 })

    /// A valid name as close as can be to what the machine is called.
    static func made(from hostName: String) -> String {
        var name = String.UnicodeScalarView()
        name.append(contentsOf: hostName.unicodeScalars.prefix(longest).lazy.map { isAllowed($0) ? $0 : "-" })
        let text = String(name)
        return isValid(text) ? text : "node"
    }

    private static func isValid(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longest && text.unicodeScalars.allSatisfy(isAllowed) && text.first != "."
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_.-".unicodeScalars.contains(scalar))
    }
}
