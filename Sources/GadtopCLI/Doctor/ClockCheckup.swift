import FleetModel

/// How far a worker's clock is from ours.
struct ClockSkew: Sendable, Equatable {
    let worker: WorkerID
    /// Below zero where it is behind.
    let ahead: Duration

    /// A sample may be a moment old when it is asked for.
    private static let sampleAge: Duration = .milliseconds(200)

    init(of worker: WorkerID, ahead: Duration) {
        self.worker = worker
        self.ahead = ahead
    }

    /// Beyond what the exchange itself explains.
    init(of worker: WorkerID, showing time: UnixTime, asked: UnixTime, answered: UnixTime) {
        let oldest = asked.advanced(by: .zero - Self.sampleAge)
        let ahead =
            time < oldest ? .zero - time.duration(to: oldest) : time > answered ? answered.duration(to: time) : .zero
        self.init(of: worker, ahead: ahead)
    }

    var size: Duration { ahead < .zero ? .zero - ahead : ahead }
}

/// Says whose clock is wrong. Plans age by the workers' clocks, and leases by that of Redis: a clock that is wrong here
/// harms neither, but the times that are printed beside theirs.
enum ClockCheckup {
    private static let tolerable: Duration = .seconds(2)
    /// Half of the time for which a plan holds.
    private static let greatest: Duration = .seconds(30)

    static func findings(_ skews: [ClockSkew]) -> [DoctorFinding] {
        if let ours = ours(skews) { return [ours] }
        return skews.map { finding("clock of \($0.worker)", $0.ahead, than: "this machine's", mend: mendBoth) }
    }

    /// Where all workers disagree with us and agree with one another, it is we who are wrong.
    private static func ours(_ skews: [ClockSkew]) -> DoctorFinding? {
        guard skews.count > 1, skews.allSatisfy({ $0.size > tolerable }),
            let least = skews.map(\.ahead).min(), let most = skews.map(\.ahead).max(), most - least <= tolerable
        else { return nil }
        return finding(
            "clock of this machine", .zero - least, than: "those of all \(Figures.exact(skews.count)) workers",
            mend: "have it set by NTP here: timedatectl set-ntp true; the workers agree with one another")
    }

    private static let mendBoth: SafeText = "have both set by NTP: timedatectl set-ntp true"

    private static func finding(
        _ subject: SafeText, _ ahead: Duration, than others: SafeText, mend: SafeText
    ) -> DoctorFinding {
        let size = ahead < .zero ? .zero - ahead : ahead
        guard size > tolerable else { return .ok(subject, "agrees with this machine's") }
        let words: SafeText = "\(Figures.wait(size)) \(ahead < .zero ? "behind" as SafeText : "ahead of") \(others)"
        return size > greatest ? .fail(subject, words, mend: mend) : .warning(subject, words, mend: mend)
    }
}
