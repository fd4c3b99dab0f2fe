import AdminAPI
import FleetModel

/// What happened in a drill, in the order of time, each thing once.
struct DrillTimeline: Sendable, Equatable {
    /// By the leader's clock.
    private(set) var moments: [(at: UnixTime, words: SafeText)] = []
    private var known: Set<String> = []

    /// A failover has a few dozen; more is a Sentinel that changes its mind.
    static let maximumMoments = 200

    /// - Returns: whether it was not known before.
    @discardableResult
    mutating func add(_ words: SafeText, at time: UnixTime, key: String? = nil) -> Bool {
        guard moments.count < Self.maximumMoments, known.insert(key ?? words.text).inserted else { return false }
        let place = moments.lastIndex { $0.at <= time }.map { $0 + 1 } ?? 0
        moments.insert((time, words), at: place)
        return true
    }

    static func == (left: Self, right: Self) -> Bool {
        left.known == right.known && left.moments.elementsEqual(right.moments) { $0 == $1 }
    }
}

extension SentinelEvent {
    /// For people; nil for what only Sentinels care for.
    var story: SafeText? {
        let words = words.split(separator: " ")
        let server = words.count >= 4 ? SafeText(words[2] + ":" + words[3]) : ""
        switch name {
        case "+sdown" where words.first == "master": return "a Sentinel takes the primary \(server) for down"
        case "+odown": return "the Sentinels agree that the primary \(server) is down"
        case "+try-failover": return "+try-failover"
        case "+elected-leader": return "a Sentinel is elected to lead"
        case "+selected-slave": return "replica \(server) is selected"
        case "+promoted-slave": return "replica \(server) promoted"
        case "+switch-master" where words.count == 5:
            let (old, new) = (SafeText(words[1] + ":" + words[2]), SafeText(words[3] + ":" + words[4]))
            return "+switch-master from \(old) to \(new)"
        case "+slave-reconf-done": return "replica \(server) follows the new primary"
        case "+failover-end": return "+failover-end"
        case "+convert-to-slave": return "the old primary \(server) is made a replica"
        case "+tilt": return "a Sentinel is in TILT"
        default: return name.hasPrefix("-failover-abort") ? SafeText(name) : nil
        }
    }

    /// `host:port` of the primary that is announced.
    var newPrimary: String? {
        let words = words.split(separator: " ")
        return name == "+switch-master" && words.count == 5 ? "\(words[3]):\(words[4])" : nil
    }
}

extension Figures {
    /// `1.09` as "1.09 s", to the ten milliseconds that probes can tell.
    static func exactSeconds(_ seconds: Double) -> SafeText {
        let hundredths = whole(abs(seconds) * 100)
        let part = hundredths % 100
        let sign: SafeText = seconds < 0 && hundredths > 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(part < 10 ? "0" : "")\(part) s"
    }
}
