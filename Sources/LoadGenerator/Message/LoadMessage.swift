import FleetModel

/// The envelope that gadload publishes, padded to a wanted size.
package struct LoadMessage: Sendable {
    private let run: RunID
    /// The bytes that the envelope should have; one that needs more has what it needs.
    private let size: Int

    package init(run: RunID, size: ByteCount) {
        self.run = run
        self.size = Int(size.bytes)
    }

    /// - Parameter timestamp: the wall clock's time, in RFC 3339.
    package func envelope(_ stamp: MessageStamp, room: RoomName, timestamp: String) -> String {
        let head = "{\"event_type\":\"load\",\"message_id\":\"" + stamp.text(run: run) + "\",\"topic\":\""
        let tail = "\",\"timestamp\":\"" + timestamp + "\",\"data\":{"
        let used = head.utf8.count + room.rawValue.utf8.count + tail.utf8.count + 2
        return head + room.rawValue + tail + padding(size - used) + "}}"
    }

    private func padding(_ missing: Int) -> String {
        let frame = "\"pad\":\"\""
        guard missing > frame.utf8.count else { return "" }
        return "\"pad\":\"" + String(repeating: "x", count: missing - frame.utf8.count) + "\""
    }
}
