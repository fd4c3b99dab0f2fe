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

    struct Frame {
        var buffer: ByteBuffer
        var criticality: Criticality
        var publishedAt: NIODeadline
        /// Clients it was queued for.
        var takers: UInt64 = 0
    }

    private struct Entry {
        var parent: Node
        var frame: Int32
        var bytes: Int
        /// The list that continues this one with the frame added last.
        var child: Node = TickFrames.none
        /// Clients whose list this is.
        var waiting: Int32 = 0
        var joined: ByteBuffer?
    }

    private(set) var frames: ContiguousArray<Frame> = []
    private var entries: ContiguousArray<Entry> = []
    private var rootChild = Self.none

    var isEmpty: Bool { frames.isEmpty }
    /// Clients that the frame added last was queued for.
    var takersOfLast: UInt64 { frames.last?.takers ?? 0 }

    /// Adds a frame; `append` queues it for clients until the next one is added.
    mutating func add(_ frame: Frame) {
        frames.append(frame)
    }

    /// Queues the frame added last for a client.
    /// - Parameter node: what waits for it so far.
    /// - Returns: what waits for it then.
    mutating func append(to node: Node) -> Node {
        let frame = Int32(truncatingIfNeeded: frames.count - 1)
        frames[Int(frame)].takers += 1
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
        leave(node)
        return buffer
    }

    /// Gives up one client's list, for a client that is gone.
    mutating func leave(_ node: Node) {
        entries[Int(node)].waiting -= 1
        if entries[Int(node)].waiting == 0 { entries[Int(node)].joined = nil }
    }

    /// Ends the tick.
    mutating func reset() {
        // A long burst must not keep its memory; a usual tick must not allocate.
        let keeps = entries.count <= 4_096
        frames.removeAll(keepingCapacity: keeps)
        entries.removeAll(keepingCapacity: keeps)
        rootChild = Self.none
    }

    private mutating func extend(_ node: Node, with frame: Int32) -> Node {
        let child = Node(truncatingIfNeeded: entries.count)
        let size = bytes(node) + frames[Int(frame)].buffer.readableBytes
        entries.append(Entry(parent: node, frame: frame, bytes: size))
        if node == Self.none { rootChild = child } else { entries[Int(node)].child = child }
        return child
    }

    private mutating func joined(_ node: Node) -> ByteBuffer {
        let entry = entries[Int(node)]
        if entry.parent == Self.none { return frames[Int(entry.frame)].buffer }
        if let buffer = entry.joined { return buffer }
        let buffer = join(node)
        if entry.waiting > 1 { entries[Int(node)].joined = buffer }
        return buffer
    }

    private func join(_ node: Node) -> ByteBuffer {
        var path: [Int32] = []
        var next = node
        while next != Self.none {
            path.append(entries[Int(next)].frame)
            next = entries[Int(next)].parent
        }
        var buffer = ByteBufferAllocator().buffer(capacity: bytes(node))
        for frame in path.reversed() { buffer.writeImmutableBuffer(frames[Int(frame)].buffer) }
        return buffer
    }
}
