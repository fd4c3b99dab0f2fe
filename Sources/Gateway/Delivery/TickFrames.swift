import FleetModel
import NIOCore

/// The frames of one tick, and which of them wait for whom.
///
/// What waits for a client is one number: a node in a tree whose paths are lists of frames. Clients with the same list
/// share its node, so that their frames are joined into one buffer once and written as that.
struct TickFrames {
    typealias Node = Int32
    /// Of a client for whom nothing waits.
    static let none: Node = -1

    private struct Entry {
        var parent: Node
        var frame: Int32
        var bytes: Int
        /// The list that continues this one with the frame added last.
        var child: Node = TickFrames.none
        /// Clients whose list this is.
        var waiting: Int32 = 0
        /// Clients that got it since `settle`.
        var taken: Int32 = 0
        var joined: ByteBuffer?
    }

    private(set) var messages: ContiguousArray<OutboundMessage> = []
    /// Bytes of all frames.
    private(set) var bytes = 0
    private var entries: ContiguousArray<Entry> = []
    private var rootChild = Self.none
    /// Lists that were taken since `settle`.
    private var taken: [Node] = []

    var isEmpty: Bool { messages.isEmpty }
    /// Different lists so far.
    var lists: Int { entries.count }

    /// Adds a frame; `append` queues it for clients until the next one is added.
    mutating func add(_ message: OutboundMessage) {
        messages.append(message)
        bytes += message.frame.readableBytes
    }

    /// Queues the frame added last for a client.
    /// - Parameter node: what waits for it so far.
    /// - Returns: what waits for it then.
    mutating func append(to node: Node) -> Node {
        let frame = Int32(truncatingIfNeeded: messages.count - 1)
        var child = node == Self.none ? rootChild : entries[Int(node)].child
        if child == Self.none || entries[Int(child)].frame != frame { child = extend(node, with: frame) }
        if node != Self.none { leave(node) }
        entries[Int(child)].waiting += 1
        return child
    }

    /// Bytes of a list of frames.
    func bytes(_ node: Node) -> Int {
        node == Self.none ? 0 : entries[Int(node)].bytes
    }

    /// What is to be written to one client: a frame itself where only one waits, else all joined.
    mutating func take(_ node: Node) -> ByteBuffer {
        let buffer = joined(node)
        if entries[Int(node)].taken == 0 { taken.append(node) }
        entries[Int(node)].taken += 1
        leave(node)
        return buffer
    }

    /// Takes one client's list as single messages, for a client that cannot be written to.
    mutating func takeMessages(_ node: Node) -> [OutboundMessage] {
        defer { leave(node) }
        return path(to: node).map { messages[Int($0)] }
    }

    /// Gives up one client's list, for a client that is gone.
    mutating func leave(_ node: Node) {
        entries[Int(node)].waiting -= 1
        if entries[Int(node)].waiting == 0 { entries[Int(node)].joined = nil }
    }

    /// Tells how many clients each message was taken for since the call before.
    mutating func settle() -> [(message: OutboundMessage, takers: UInt64)] {
        guard !taken.isEmpty else { return [] }
        var takers = [UInt64](repeating: 0, count: messages.count)
        for node in taken {
            for frame in path(to: node) { takers[Int(frame)] += UInt64(entries[Int(node)].taken) }
            entries[Int(node)].taken = 0
        }
        taken.removeAll(keepingCapacity: true)
        return messages.indices.filter { takers[$0] > 0 }.map { (messages[$0], takers[$0]) }
    }

    /// Ends the tick.
    mutating func reset() {
        // A long burst must not keep its memory; a usual tick must not allocate.
        let keeps = entries.count <= 4_096
        messages.removeAll(keepingCapacity: keeps)
        entries.removeAll(keepingCapacity: keeps)
        taken.removeAll(keepingCapacity: keeps)
        rootChild = Self.none
        bytes = 0
    }

    private mutating func extend(_ node: Node, with frame: Int32) -> Node {
        let child = Node(truncatingIfNeeded: entries.count)
        let size = bytes(node) + messages[Int(frame)].frame.readableBytes
        entries.append(Entry(parent: node, frame: frame, bytes: size))
        if node == Self.none { rootChild = child } else { entries[Int(node)].child = child }
        return child
    }

    private mutating func joined(_ node: Node) -> ByteBuffer {
        let entry = entries[Int(node)]
        if entry.parent == Self.none { return messages[Int(entry.frame)].frame }
        if let buffer = entry.joined { return buffer }
        let buffer = join(node)
        if entry.waiting > 1 { entries[Int(node)].joined = buffer }
        return buffer
    }

    private func join(_ node: Node) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: bytes(node))
        for frame in path(to: node) { buffer.writeImmutableBuffer(messages[Int(frame)].frame) }
        return buffer
    }

    /// The frames of a list, oldest first.
    private func path(to node: Node) -> [Int32] {
        var path: [Int32] = []
        var next = node
        while next != Self.none {
            path.append(entries[Int(next)].frame)
            next = entries[Int(next)].parent
        }
        return path.reversed()
    }
}
