import AdminAPI
import FleetModel

/// Where a client stands in a list of connections.
struct ConnectionPlace: Comparable, Sendable {
    /// What the list is ordered by, the least first.
    let key: Int64
    let id: RandomID
    /// Where its shard keeps it.
    let slot: Int32

    init(key: Int64, id: RandomID, slot: Int32 = -1) {
        self.key = key
        self.id = id
        self.slot = slot
    }

    /// - Returns: nil for text that `cursor` never is in this order.
    init?(cursor: String, _ order: ConnectionListOrder) {
        let parts = cursor.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == order.rawValue, let key = Int64(parts[1]), let id = RandomID(parts[2])
        else {
            return nil
        }
        self.init(key: key, id: id)
    }

    func cursor(_ order: ConnectionListOrder) -> String { "\(order.rawValue)@\(key)@\(id)" }

    static func < (left: Self, right: Self) -> Bool { (left.key, left.id) < (right.key, right.id) }
    static func == (left: Self, right: Self) -> Bool { left.key == right.key && left.id == right.id }
}

extension Connection {
    func place(_ order: ConnectionListOrder) -> ConnectionPlace {
        let key: Int64 =
            switch order {
            case .id: 0
            case .connected: connectedAt.microseconds
            case .queue: -Int64(waitingBytes)
            case .heard: Int64(clamping: liveness.lastHeard.uptimeNanoseconds)
            }
        return ConnectionPlace(key: key, id: id, slot: slot)
    }
}
