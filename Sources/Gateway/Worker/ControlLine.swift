/// What a supervisor tells a worker that runs, as one line of JSON on the worker's standard input.
package enum ControlLine: Sendable, Equatable {
    /// `{"policy": {…}}`: this policy holds from here on.
    case policy(GatewayPolicy)
    /// `{"reload_certificates": true}`: the files of the serving port's TLS may have changed.
    case reloadCertificates
}

extension ControlLine: Codable {
    private enum CodingKeys: String, CodingKey {
        case policy
        case reloadCertificates = "reload_certificates"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let policy = try container.decodeIfPresent(GatewayPolicy.self, forKey: .policy) {
            self = .policy(policy)
        } else if try container.decode(Bool.self, forKey: .reloadCertificates) {
            self = .reloadCertificates
        } else {
            throw DecodingError.dataCorruptedError(
                forKey: .reloadCertificates, in: container, debugDescription: "only true says something")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .policy(let policy): try container.encode(policy, forKey: .policy)
        case .reloadCertificates: try container.encode(true, forKey: .reloadCertificates)
        }
    }
}
