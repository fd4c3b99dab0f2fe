import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("Client commands")
struct ClientCommandTests {
    @Test("of an id or a name of one endless character an answer quotes a bounded part")
    func endlessCharacter() throws {
        let endless = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect(CommandFault.excerpt(endless).utf8.count < 80)
        let message = try ClientMessage(ByteBuffer(string: #"{"event_type":"ping","message_id":"\#(endless)"}"#))
        #expect((1...EnvelopeHeader.maximumIDLength).contains(message.id?.utf8.count ?? 0))
    }

    @Test("a subscription names its rooms, as GRUPO_GAD's clients write it")
    func subscribe() throws {
        let text = #"{"event_type": "subscribe", "data": {"events": ["gov:alerts", "notifications"]}}"#
        guard case .subscribe(let rooms) = try command(text) else { throw Unexpected() }
        #expect(rooms.map(\.rawValue) == ["gov:alerts", "notifications"])
    }

    @Test(
        "what cannot be acted on is refused with a code that says why",
        arguments: [
            ("{", CommandFault.Code.malformedJSON), ("", .malformedJSON), (#"{"a":1}x"#, .malformedJSON),
            ("[1]", .notAnObject), ("\"text\"", .notAnObject), ("{}", .unknownEventType),
            (#"{"event_type":7}"#, .unknownEventType), (#"{"event_type":"dance"}"#, .unknownEventType),
            (#"{"event_type":"subscribe"}"#, .invalidData),
            (#"{"event_type":"subscribe","data":{"events":"a"}}"#, .invalidData),
            (#"{"event_type":"subscribe","data":{"events":[1]}}"#, .invalidData),
            (#"{"event_type":"subscribe","data":{"events":["a b"]}}"#, .invalidRoom),
            (#"{"event_type":"unsubscribe","data":{"events":[""]}}"#, .invalidRoom),
            (#"{"event_type":"publish"}"#, .invalidData),
            (#"{"event_type":"publish","data":{"topic":"r"}}"#, .invalidData),
            (#"{"event_type":"publish","data":{"event_type":"x","topic":"a b"}}"#, .invalidData),
            (#"{"event_type":"publish","data":{"event_type":"x","target_role":["A"]}}"#, .invalidData),
            (#"{"event_type":"publish","data":{"event_type":"x","target_role":"A","target_role":"B"}}"#, .invalidData),
        ])
    func faults(text: String, code: CommandFault.Code) {
        #expect(fault(text)?.code == code)
    }

    @Test("a list of rooms that is too long is refused")
    func tooMany() {
        let names = (0...256).map { "\"r\($0)\"" }.joined(separator: ",")
        #expect(fault(#"{"event_type":"subscribe","data":{"events":["# + names + "]}}")?.code == .tooManyRooms)
    }

    @Test("nesting without end is refused, not followed")
    func deep() {
        let text = #"{"event_type":"ping","data":"# + String(repeating: "[", count: 100_000)
        #expect(fault(text)?.code == .malformedJSON)
    }

    @Test("a fault names the message that is at fault")
    func namesMessage() {
        #expect(fault(#"{"event_type":"dance","message_id":"m-1"}"#)?.messageID == "m-1")
    }

    @Test(
        "a publication goes to the room, else the user, else the role, else everyone",
        arguments: [
            (#""topic":"gov:x","target_role":"ADMIN""#, "gad:room:gov:x", Criticality.critical),
            (#""target_user_id":42,"target_role":"ADMIN""#, "gad:user:42", .bestEffort),
            (#""target_role":"ADMIN","topic":null"#, "gad:role:ADMIN", .bestEffort),
            (#""topic":"""#, "gad:all", .bestEffort),
        ])
    func channels(fields: String, channel: String, criticality: Criticality) throws {
        let publication = try publication(#"{"event_type":"alert",\#(fields)}"#)
        #expect(publication.channel.name == channel)
        #expect(publication.criticality(.standard) == criticality)
    }

    @Test("an envelope with id and time is published byte for byte")
    func verbatim() throws {
        let envelope =
            #"{ "event_type":"a", "message_id":"m","timestamp":"2026-11-23T18:18:26.302985","data":{"é":1e3} }"#
        let (id, payload) = try publication(envelope).completed(now: UnixTime(microseconds: 0))
        #expect(id == "m")
        #expect(String(buffer: payload) == envelope)
    }

    @Test("what an envelope lacks is filled in, once")
    func completed() throws {
        let now = UnixTime(microseconds: 0)
        let bare = try publication(#"{"event_type":"a","message_id":null,"timestamp":"","data":{"x":[1, 2]}}"#)
        let (id, payload) = bare.completed(now: now)
        let object = try JSONObject(payload)
        #expect(RandomID(id) != nil)
        #expect(object.string("message_id") == id)
        #expect(object.string("timestamp") == now.description)
        #expect(!object.isAmbiguous("message_id") && !object.isAmbiguous("timestamp"))
        #expect(String(buffer: payload).hasSuffix(#""event_type":"a","data":{"x":[1, 2]}}"#))
    }

    private struct Unexpected: Error {}

    private func command(_ text: String) throws(CommandFault) -> ClientCommand {
        try ClientMessage(ByteBuffer(string: text)).command
    }

    private func fault(_ text: String) -> CommandFault? {
        do throws(CommandFault) {
            _ = try command(text)
            return nil
        } catch {
            return error
        }
    }

    private func publication(_ envelope: String) throws -> Publication {
        guard case .publish(let publication) = try command(#"{"event_type":"publish","data":"# + envelope + "}") else {
            throw Unexpected()
        }
        return publication
    }
}
