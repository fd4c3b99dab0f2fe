import NIOCore
import Testing

@testable import Gateway

@Suite("JSON, read in place")
struct JSONObjectTests {
    @Test(
        "what RFC 8259 allows is taken",
        arguments: [
            "{}", " { } ", #"{"a":null,"b":true,"c":false}"#, #"{"n":[0,-0,1.5,2e10,-3.25E-7]}"#,
            #"{"s":"\"\\\/\b\f\n\r\tñ","o":{"p":{}}}"#, "{\"t\":\t[\n]\r}", #"{"":""}"#,
        ])
    func valid(text: String) throws {
        _ = try JSONObject(ByteBuffer(string: text))
    }

    @Test(
        "what it does not allow is refused",
        arguments: [
            "", " ", "{", "}", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,}"#, #"{"a":01}"#, #"{"a":+1}"#,
            #"{"a":1.}"#,
            #"{"a":.5}"#, #"{"a":1e}"#, #"{"a":tru}"#, #"{"a":nul"#, #"{'a':1}"#, #"{a:1}"#, #"{"a":"\x"}"#,
            #"{"a":"\u12g4"}"#,
            "{\"a\":\"\n\"}", #"{"a":1}{"#, #"{"a":[1 2]}"#, #"{"a":"b}"#, #"{"a":"\"}"#, #"{"a":NaN}"#,
        ])
    func invalid(text: String) {
        #expect(throws: JSONFault.self) { try JSONObject(ByteBuffer(string: text)) }
    }

    @Test("a value that is no object is told apart from what is no JSON")
    func notAnObject() {
        #expect(throws: JSONFault.notAnObject) { try JSONObject(ByteBuffer(string: "[1,2]")) }
        #expect(throws: JSONFault.malformed(offset: 3)) { try JSONObject(ByteBuffer(string: "[1,")) }
    }

    @Test("escapes are read in keys and values, surrogates in pairs")
    func escapes() throws {
        let object = try JSONObject(ByteBuffer(string: #"{"\u0061b":"x\u00f1\uD83C\uDF0D\ud800\n"}"#))
        #expect(object.string("ab") == "xñ🌍\u{FFFD}\n")
    }

    @Test("text survives being quoted and read")
    func quoting() throws {
        let text = "a\"b\\c\u{0}\u{1F}\n/ñ🌍"
        let object = try JSONObject(ByteBuffer(string: "{\"k\":" + JSONString.quoted(text) + "}"))
        #expect(object.string("k") == text)
    }

    @Test("offsets hold in a buffer that was read from")
    func readBuffer() throws {
        var buffer = ByteBuffer(string: #"xxx{"a":{"b":["c",1]}}"#)
        buffer.moveReaderIndex(forwardBy: 3)
        #expect(try JSONObject(buffer).object("a")?.strings("b") == ["c", nil])
    }
}
