import FleetModel
import FoundationEssentials

/// How busy the client processes were: at 1 their one event loop had no time left, and figures are theirs as much as
/// the server's.
package struct ProcessLoad: Sendable, Codable, Equatable {
    /// The part of its time in which the busiest process used a processor or waited for one, in its busiest moment
    /// while clients connected …
    package private(set) var connecting = 0.0
    /// … and while messages came.
    package private(set) var receiving = 0.0

    package init() {}

    mutating func note(_ share: Double, joined: Bool, received: Bool) {
        if joined { connecting = max(connecting, share) }
        if received { receiving = max(receiving, share) }
    }

    package mutating func add(_ other: ProcessLoad) {
        connecting = max(connecting, other.connecting)
        receiving = max(receiving, other.receiving)
    }
}

/// Makes the load from what a process has used and done at one moment and the one before.
struct LoadMeter {
    private var last: (time: UInt64, demand: ProcessorDemand, progress: ClientProgress)?

    mutating func measure(
        _ progress: ClientProgress, demand: ProcessorDemand, at now: UInt64, into load: inout ProcessLoad
    ) {
        defer { last = (now, demand, progress) }
        guard let last, now > last.time else { return }
        load.note(
            demand.share(since: last.demand, over: now - last.time), joined: progress.joins > last.progress.joins,
            received: progress.deliveries > last.progress.deliveries)
    }
}

/// What the threads of this process have had of the processors, and how long they were ready and had to wait for one.
struct ProcessorDemand: Sendable, Equatable {
    /// By thread, in nanoseconds.
    private var threads: [String: UInt64] = [:]

    /// Source: Documentation/scheduler/sched-stats.rst of Linux, `/proc/<pid>/task/<tid>/schedstat`.
    static func read() -> ProcessorDemand {
        var demand = ProcessorDemand()
        let directory = "/proc/self/task"
        // A kernel that does not tell, or a thread that has just ended, leaves its part out.
        for thread in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
            let text = try? String(contentsOfFile: "\(directory)/\(thread)/schedstat", encoding: .utf8)
            demand.add(thread, text ?? "")
        }
        return demand
    }

    /// - Parameter schedstat: time on a processor, time waited for one, and a count.
    mutating func add(_ thread: String, _ schedstat: String) {
        threads[thread] = schedstat.split(separator: " ").prefix(2).reduce(0) { $0 + (UInt64($1) ?? 0) }
    }

    /// The busiest thread's part of a span of nanoseconds.
    func share(since earlier: ProcessorDemand, over span: UInt64) -> Double {
        let used = threads.map { thread, time in time - min(time, earlier.threads[thread] ?? 0) }.max() ?? 0
        return min(1, Double(used) / Double(span))
    }
}
