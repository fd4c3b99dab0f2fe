import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Whom a message is for")
struct AudienceTests {
    private static let room = RoomName("ops:a")

    @Test("GRUPO_GAD's alert for a role is for that role only")
    func roleAlert() throws {
        let alert = #"""
            {"event_type": "alert", "data": {"title": "Cleanup de Emergencia Activado", "severity": "critical"}, "timestamp": "2026-11-23T18:18:26.302985", "message_id": "2555dceb-72fb-44f1-b80a-495dc4024bc4", "target_user_id": null, "target_role": "ADMIN", "topic": null, "channel_name": null, "channel_type": null, "priority_level": 1, "routing_metadata": {}}
            """#
        let header = try EnvelopeHeader(JSONObject(ByteBuffer(string: alert)))
        #expect(header.messageID == "2555dceb-72fb-44f1-b80a-495dc4024bc4")
        #expect(header.timestamp == UnixTime(rfc3339: "2026-11-23T18:18:26.302985Z"))
        #expect(try Audience(channel: .fleet, header: header) == Audience(role: "ADMIN"))
    }

    @Test("on the fleet's channel the envelope decides, and all that it sets restricts")
    func fleetChannel() throws {
        #expect(try audience(.fleet, "") == Audience())
        #expect(try audience(.fleet, #""topic":"ops:a""#) == Audience(room: Self.room))
        #expect(try audience(.fleet, #""target_user_id":7"#) == Audience(user: "7"))
        #expect(
            try audience(.fleet, #""topic":"ops:a","target_user_id":"u","target_role":"R""#)
                == Audience(room: Self.room, user: "u", role: "R"))
    }

    @Test("a channel of one audience is restricted by user and role, not by topic")
    func otherChannels() throws {
        let room = try #require(Self.room)
        #expect(try audience(.room(room), #""target_role":"R","topic":"x""#) == Audience(room: room, role: "R"))
        #expect(try audience(.user("u"), #""topic":"ops:a""#) == Audience(user: "u"))
        #expect(try audience(.everyone, #""target_role":"R""#) == Audience(role: "R"))
        #expect(throws: EnvelopeFault.contradiction) { try audience(.user("u"), #""target_user_id":"v""#) }
        #expect(throws: EnvelopeFault.contradiction) { try audience(.role("R"), #""target_role":"S""#) }
    }

    @Test(
        "an envelope whose audience is not clear is for nobody",
        arguments: [
            #""target_role":["ADMIN"]"#, #""target_role":{}"#, #""target_user_id":true"#, #""topic":"no room""#,
            #""target_role":"A","target_role":null"#,
        ])
    func unclear(fields: String) {
        #expect(throws: EnvelopeFault.self) { try audience(.fleet, fields) }
    }

    @Test("channels keep their names")
    func channelNames() {
        for name in ["gad:room:ops:a", "gad:user:7", "gad:role:ADMIN", "gad:user:\u{301}x", "gad:all", "ws_broadcast"] {
            #expect(BackplaneChannel(name: name)?.name == name)
        }
        for name in ["gad:room:", "gad:room:no room", "gad:user:", "other", "gad:allx"] {
            #expect(BackplaneChannel(name: name) == nil)
        }
    }

    private func audience(_ channel: BackplaneChannel, _ fields: String) throws -> Audience {
        let header = try EnvelopeHeader(JSONObject(ByteBuffer(string: "{" + fields + "}")))
        return try Audience(channel: channel, header: header)
    }
}
