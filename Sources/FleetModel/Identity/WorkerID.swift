/// Names one worker of a fleet, as `<node>-w<index>`; also the name of its admin socket.
package struct WorkerID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    package init(node: String, index: Int) {
        rawValue = "\(node)-w\(index)"
    }

    package var description: String { rawValue }

    /// Orders `gw-w2` before `gw-w10`: by node, then by index as a number.
    package static func < (left: Self, right: Self) -> Bool {
        let (leftNode, leftIndex) = left.parts
        let (rightNode, rightIndex) = right.parts
        return (leftNode, leftIndex, left.rawValue) < (rightNode, rightIndex, right.rawValue)
    }

    private var parts: (node: Substring, index: Int) {
        guard let mark = rawValue.lastIndex(of: "w"), let index = Int(rawValue[rawValue.index(after: mark)...]) else {
            return (rawValue[...], 0)
        }
        return (rawValue[..<mark], index)
    }
}

extension WorkerID: Codable {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
