import FleetModel

/// What a fleet's registry in Redis says of one worker.
package struct WorkerEntry: Sendable, Equatable {
    package var worker: WorkerID
    package var node: String
    package var state: WorkerState
    package var version: String
    /// The path of the worker's admin socket on its node.
    package var adminAddress: String
    /// `https://host:port` where it is reached from other machines; nil where it is not.
    package var adminURL: String?
    package var connections: Int
    /// Since the worker last said so; zero where it is being said.
    package var age: Duration

    package init(
        worker: WorkerID, node: String, state: WorkerState, version: String, adminAddress: String,
        adminURL: String? = nil, connections: Int = 0, age: Duration = .zero
    ) {
        self.worker = worker
        self.node = node
        self.state = state
        self.version = version
        self.adminAddress = adminAddress
        self.adminURL = adminURL
        self.connections = connections
        self.age = age
    }
}

extension WorkerEntry {
    private enum Field: String, CaseIterable {
        case adminAddress = "admin_address"
        case node, state, version, connections
        case adminURL = "admin_url"
    }

    /// Names and values for HSET, in turns.
    var fields: [String] {
        Field.allCases.flatMap { [$0.rawValue, value(of: $0)] }
    }

    /// The fields that `init(worker:values:)` wants, in its order.
    static var fieldNames: [String] { Field.allCases.map(\.rawValue) }

    /// - Parameter values: the answer to HMGET of `fieldNames`; an entry with a field but the last missing has expired.
    init?(worker: WorkerID, values: [RESPValue], age: Duration) {
        let texts = values.map(\.text)
        guard texts.count == Field.allCases.count, let address = texts[0], let node = texts[1],
            let state = texts[2].flatMap({ WorkerState(rawValue: $0) }), let version = texts[3],
            let connections = texts[4].flatMap({ Int($0) })
        else { return nil }
        self.init(
            worker: worker, node: node, state: state, version: version, adminAddress: address,
            adminURL: texts[5].flatMap { $0.isEmpty ? nil : $0 }, connections: connections, age: age)
    }

    private func value(of field: Field) -> String {
        switch field {
        case .adminAddress: adminAddress
        case .node: node
        case .state: state.rawValue
        case .version: version
        case .connections: String(connections)
        case .adminURL: adminURL ?? ""
        }
    }
}
