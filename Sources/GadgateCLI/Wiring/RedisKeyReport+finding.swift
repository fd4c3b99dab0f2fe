import AdminAPI
import FleetModel
import NIOCore
import Redis

extension RedisKeyReport {
    init(
        _ finding: KeyFinding, of kind: RedisKeyKind, by measure: RedisKeyMeasure, reservation: String?,
        worker: WorkerID, at: UnixTime
    ) {
        self.init(
            worker: worker, at: at, kind: kind, measure: measure, reservation: reservation, scanned: finding.scanned,
            keys: finding.databaseSize, isComplete: finding.isComplete, ranOutOfTime: finding.ranOutOfTime,
            took: finding.took, items: finding.keys.map { RedisKeyInfo($0, by: measure) })
    }
}

extension RedisKeyInfo {
    init(_ key: KeyFinding.Key, by measure: RedisKeyMeasure) {
        self.init(name: BoundedText.cut(String(buffer: key.name), to: .name), type: key.type)
        switch measure {
        case .memory: size = ByteCount(key.value)
        case .frequency: frequency = Int(key.value)
        case .idle: idleSeconds = Double(key.value)
        }
    }
}
