import FleetModel
import Gateway

extension FileSection where Value == GatewayPolicy {
    /// Everything that a reload can change; each section of the file is in a file of its own here.
    static let policy = FileSection(
        [
            Field("classes", \.classes, .classes),
            Field.rooms,
            Field("access", \.access, .access),
            Field("limits", \.limits, .limits),
            Field("streams", \.streams, .streams),
            Field("queues", \.queues, .queues),
            Field("storms", \.storms, .storms),
            Field("breakers", \.breakers, .breakers),
            Field("degradation", \.degradation, .degradation),
            Field("health", \.health, .health),
            Field("scale", \.scale, .scale),
            Field("admin", \.admin, .admin),
        ], check: checkBounds)

    @Sendable private static func checkBounds(_ policy: GatewayPolicy, _ file: FileValue) throws {
        for criticality in Criticality.allCases {
            let bound = policy.classes[criticality].queueBytes
            guard bound > policy.queues.workerBytes else { continue }
            throw file.refusal(
                at: "classes", criticality.rawValue, "queue_bytes",
                words: "one client's \(ByteCountText.write(bound)) are more than the "
                    + "\(ByteCountText.write(policy.queues.workerBytes)) of queues.worker_bytes, which all clients share"
            )
        }
    }
}
