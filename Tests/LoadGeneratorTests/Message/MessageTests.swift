import FleetModel
import Foundation
import Testing

@testable import LoadGenerator

struct MessageTests {
    private let run = RunID(random: 0xBEEF)
    private let stamp = MessageStamp(room: 12, sequence: 345, time: 1_234_567_890_123)

    @Test("a published envelope is JSON with the fields of the protocol, and has the size that was asked for")
    func envelope() throws {
        let room = try #require(RoomName("gov:alerts:critical"))
        let text = LoadMessage(run: run, size: ByteCount(300))
            .envelope(stamp, room: room, timestamp: "2026-11-23T18:18:22.197003Z")
        #expect(text.utf8.count == 300)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["event_type"] as? String == "load")
        #expect(object["topic"] as? String == "gov:alerts:critical")
        #expect(object["timestamp"] as? String == "2026-11-23T18:18:22.197003Z")
        #expect(object["message_id"] as? String == "gl0000beef:12:345:1234567890123")
    }

    @Test("an envelope that needs more than the size asked for is whole all the same")
    func small() throws {
        let room = try #require(RoomName("r"))
        let text = LoadMessage(run: run, size: .zero).envelope(stamp, room: room, timestamp: "t")
        #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
        #expect(read(text) == stamp)
    }

    @Test("a stamp is found wherever it lies, also after it lay elsewhere")
    func moves() {
        var reader = StampReader(run: run)
        let id = stamp.text(run: run)
        for text in [
            "{\"message_id\":\"\(id)\"}", "{\"glad\":\"gl\", \"message_id\" : \"\(id)\", \"data\":{}}", "\"\(id)\"",
        ] {
            #expect(Array(text.utf8).withUnsafeBytes { reader.read($0) } == stamp)
        }
    }

    @Test(
        "what is no stamp of this run is not taken for one",
        arguments: [
            "", "{}", "gl0000beef:", "\"gl0000beee:1:2:3\"", "\"gl0000beef:1:2:\"", "\"gl0000beef:1:2:3",
            "\"gl0000beef:1:-2:3\"",
            "\"gl0000beef:1:2\"", "\"gl0000beef:99999999999:2:3\"", "\"gl0000beef:1:4294967296:3\"",
            "\"gl0000beef:1:2:123456789012345678901234567890\"",
        ])
    func foreign(text: String) {
        #expect(read(text) == nil)
    }

    @Test("a message's place in its stream is found wherever it lies, and a message without has none")
    func streamMark() {
        let member =
            #""stream":{"room":"gov:a","offset":"1732390000000-12","epoch":"6742fa","prev":"1732390000000-11"}"#
        for text in ["{\(member)}", #"{"data":{"offset":"9-9"},"# + member + "}", "{\(member),\"data\":{}}"] {
            #expect(
                position(text) == StreamPosition(milliseconds: 1_732_390_000_000, number: 12, epoch: "6742fa"))
        }
        for text in ["", "{}", #"{"stream":{"offset":"1-2"}}"#, #"{"stream":{"offset":"1","epoch":"a"}}"#] {
            #expect(position(text) == nil)
        }
    }

    private func position(_ text: String) -> StreamPosition? {
        Array(text.utf8).withUnsafeBytes { StreamMark(in: $0)?.position }
    }

    private func read(_ text: String) -> MessageStamp? {
        var reader = StampReader(run: run)
        return Array(text.utf8).withUnsafeBytes { reader.read($0) }
    }
}
