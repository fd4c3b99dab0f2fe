import AdminAPI
import FleetModel

extension AdminRequest {
    /// The request that asks a worker what a query wants to know.
    package init(_ query: FleetQuery, to endpoint: AdminEndpoint) {
        switch query {
        case .rooms(let rooms): self.init(endpoint, .get, .rooms, query: Self.text(rooms.parameters))
        case .connections(let connections):
            self.init(endpoint, .get, .connections, query: Self.text(connections.parameters))
        case .breakers: self.init(endpoint, .get, .breakers)
        case .degradation: self.init(endpoint, .get, .degradation)
        case .redis: self.init(endpoint, .get, .redis)
        case .redisDetails: self.init(endpoint, .get, .redisDetails)
        case .redisKeys(let kind):
            self.init(endpoint, .get, .redisKeys, query: Self.text([("kind", kind.rawValue)]))
        case .throttles: self.init(endpoint, .get, .throttles)
        case .throttlePreview(let pattern):
            self.init(endpoint, .get, .throttlePreview, query: Self.text([("pattern", pattern.rawValue)]))
        case .audit(let audit):
            self.init(
                endpoint, .get, .audit, query: Self.text([("limit", String(audit.limit)), ("cursor", audit.before)]))
        case .acks(let id): self.init(endpoint, .get, .acks, query: Self.text([("message_id", id.rawValue)]))
        }
        endsWithTask = true
    }

    /// Leaves out what has no value.
    static func text(_ parameters: [(name: String, value: String?)]) -> String {
        parameters.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }.joined(separator: "&")
    }

    /// For a query: everything but letters, digits and `-._~` is percent-encoded (RFC 3986, 2.3).
    package static func encoded(_ value: String) -> String {
        value.utf8.reduce(into: "") { text, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                text.append(character)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

extension RoomQuery {
    fileprivate var parameters: [(name: String, value: String?)] {
        [
            ("limit", String(limit)), ("pattern", pattern?.rawValue), ("order", order.rawValue),
            ("after", after?.rawValue),
        ]
    }
}

extension ConnectionQuery {
    fileprivate var parameters: [(name: String, value: String?)] {
        [
            ("limit", String(limit)), ("room", room?.rawValue), ("user", user), ("role", role),
            ("connection", connection), ("order", order.rawValue), ("cursor", cursor),
        ]
    }
}

extension FleetQuery {
    /// - Throws: what the worker said instead, or why its answer is none.
    package func reply(in response: AdminResponse) throws(TransferFailure) -> FleetReply {
        switch self {
        case .rooms: .rooms(try response.decoded(as: Page<RoomInfo>.self))
        case .connections: .connections(try response.decoded(as: Page<ConnectionInfo>.self))
        case .breakers: .breakers(try response.decoded(as: BreakersReport.self))
        case .degradation: .degradation(try response.decoded(as: DegradationStatus.self))
        case .redis: .redis(try response.decoded(as: RedisReport.self))
        case .redisDetails: .redisDetails(try response.decoded(as: RedisDetails.self))
        case .redisKeys: .redisKeys(try response.decoded(as: RedisKeyReport.self))
        case .throttles: .throttles(try response.decoded(as: ThrottleList.self))
        case .throttlePreview: .throttlePreview(try response.decoded(as: ThrottlePreview.self))
        case .audit: .audit(try response.decoded(as: AuditPage.self))
        case .acks: .acks(try response.decoded(as: Page<AckReport>.self))
        }
    }
}
