import FleetModel

/// Answers are written down with what the console is told, so that a replay answers what was asked then.
extension FleetAnswer.Part: Codable {
    private enum CodingKeys: String, CodingKey {
        case worker, reply, error
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let worker = try container.decode(WorkerID.self, forKey: .worker)
        if let error = try container.decodeIfPresent(AdminError.self, forKey: .error) {
            self.init(worker, .failure(error))
        } else {
            self.init(worker, .success(try container.decode(FleetReply.self, forKey: .reply)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(worker, forKey: .worker)
        switch reply {
        case .success(let reply): try container.encode(reply, forKey: .reply)
        case .failure(let error): try container.encode(error, forKey: .error)
        }
    }
}

extension BroadcastID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = BroadcastID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the id of an operator's message")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
