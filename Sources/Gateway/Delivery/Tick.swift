import FleetModel
import NIOCore

/// Messages on their way to the clients of one loop: gathered for all, then written to one client after the other.
///
/// A class, because writing to a client may end it, which takes it out of the tick that is being written.
final class Tick {
    /// Which of a client's two lists it keeps.
    enum Lane {
        case critical
        case ordinary
    }

    /// Frames gathered at most: about what a channel takes before it says that it is full.
    private static let maximumBytes = 64 * 1_024
    /// Messages gathered at most, so that gathering takes no longer than writing.
    private static let maximumMessages = 64
    /// Different lists of frames at most, so that many clients in different rooms do not fill the memory.
    private static let maximumLists = 65_536
    /// Clients written to between two looks at the clock.
    private static let stride = 16

    let lane: Lane
    private var frames = TickFrames()
    private var clients: ContiguousArray<Connection> = []
    /// How many of `clients` were written to.
    private var written = 0

    init(_ lane: Lane) {
        self.lane = lane
    }

    var isEmpty: Bool { frames.isEmpty }
    /// Whether writing has begun.
    var isFlushing: Bool { written > 0 }

    /// Whether it is to be written before `frame` is added.
    func isFull(for frame: ByteBuffer) -> Bool {
        guard !isEmpty else { return false }
        return frames.bytes + frame.readableBytes > Self.maximumBytes
            || frames.messages.count >= Self.maximumMessages || frames.lists >= Self.maximumLists
    }

    /// Adds a message; `append` queues it for clients until the next one is added.
    func add(_ message: OutboundMessage) { frames.add(message) }

    /// Whether something waits for a client here.
    func holds(for client: Connection) -> Bool { client[lane] != TickFrames.none }

    func append(to client: Connection) {
        if client[lane] == TickFrames.none { clients.append(client) }
        client[lane] = frames.append(to: client[lane])
    }

    /// Writes to clients until all have theirs, and the tick is empty again, or until `deadline`.
    /// - Returns: what was written, and to how many clients.
    func flush(until deadline: NIODeadline) -> [(message: OutboundMessage, takers: UInt64)] {
        repeat {
            let end = min(written + Self.stride, clients.count)
            while written < end {
                let client = clients[written]
                written += 1
                write(to: client)
            }
        } while written < clients.count && NIODeadline.now() < deadline
        let settled = frames.settle()
        if written == clients.count { reset() }
        return settled
    }

    /// Writes one client's messages ahead of the others'.
    func write(to client: Connection) {
        let node = client[lane]
        guard node != TickFrames.none else { return }
        client[lane] = TickFrames.none
        if client.isBehind {
            for message in frames.takeMessages(node) { client.hold(message) }
        } else {
            client.writeOut(frames.take(node))
        }
    }

    /// Takes out what waits for one client.
    func takeMessages(of client: Connection) -> [OutboundMessage] {
        let node = client[lane]
        guard node != TickFrames.none else { return [] }
        client[lane] = TickFrames.none
        return frames.takeMessages(node)
    }

    private func reset() {
        let keeps = clients.count <= 4_096
        clients.removeAll(keepingCapacity: keeps)
        written = 0
        frames.reset()
    }
}

extension Connection {
    fileprivate subscript(_ lane: Tick.Lane) -> TickFrames.Node {
        get {
            switch lane {
            case .critical: pendingCritical
            case .ordinary: pending
            }
        }
        set {
            switch lane {
            case .critical: pendingCritical = newValue
            case .ordinary: pending = newValue
            }
        }
    }
}
