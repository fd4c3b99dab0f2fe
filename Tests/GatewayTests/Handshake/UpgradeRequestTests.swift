import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Upgrade requests")
struct UpgradeRequestTests {
    @Test("a request by the book is accepted")
    func accepted() throws {
        let request = try UpgradeRequest(head(), negotiates: true)
        #expect(request.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(request.subprotocol == nil)
    }

    @Test("header values are compared as RFC 9110 has it")
    func lists() throws {
        let request = head([("Connection", "keep-alive, Upgrade"), ("Upgrade", "WebSocket")])
        #expect(throws: Never.self) { try UpgradeRequest(request, negotiates: true) }
    }

    @Test("our subprotocol is chosen among those offered, and others alone are refused by name")
    func subprotocols() throws {
        let several = head([("Sec-WebSocket-Protocol", "chat, gad.v1.json")])
        #expect(try UpgradeRequest(several, negotiates: true).subprotocol == "gad.v1.json")
        let unknown = head([("Sec-WebSocket-Protocol", "chat")])
        let refusal = #expect(throws: HandshakeRefusal.self) { try UpgradeRequest(unknown, negotiates: true) }
        #expect(refusal?.status == .badRequest && refusal?.body.contains("gad.v1.json") == true)
        #expect(throws: Never.self) { try UpgradeRequest(unknown, negotiates: false) }
    }

    @Test("a request that breaks a rule is refused with its status")
    func refused() {
        #expect(status(head(method: .POST)) == .methodNotAllowed)
        #expect(status(head([("Upgrade", "h2c")])) == .upgradeRequired)
        #expect(status(head([("Connection", "close")])) == .badRequest)
        #expect(status(head([("Sec-WebSocket-Version", "8")])) == .upgradeRequired)
        #expect(status(head([("Sec-WebSocket-Key", "short")])) == .badRequest)
        #expect(status(head(version: .http1_0)) == .badRequest)
    }

    @Test("a target's query is taken apart and unescaped")
    func target() {
        let target = RequestTarget("/ws/connect?token=a.b-c_d&previous=x%2Dy&empty=&flag&bad=%zz")
        #expect(target.path == "/ws/connect")
        #expect(target["token"] == "a.b-c_d" && target["previous"] == "x-y" && target["empty"] == "")
        #expect(target["flag"] == "" && target["bad"] == "%zz" && target["other"] == nil)
    }

    private func head(
        _ changes: [(String, String)] = [], method: HTTPMethod = .GET, version: HTTPVersion = .http1_1
    ) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Host": "localhost", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        for (name, value) in changes { headers.replaceOrAdd(name: name, value: value) }
        return HTTPRequestHead(version: version, method: method, uri: "/ws/connect", headers: headers)
    }

    private func status(_ head: HTTPRequestHead) -> HTTPResponseStatus? {
        do throws(HandshakeRefusal) {
            _ = try UpgradeRequest(head, negotiates: true)
            return nil
        } catch {
            return error.status
        }
    }
}
