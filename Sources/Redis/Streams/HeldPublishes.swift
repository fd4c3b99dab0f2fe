import NIOCore

/// One publish on its way: what to run, how many replicas must have it, and who wants to know.
struct PublishAttempt {
    let call: ScriptCall
    let demand: PublishLane.Demand?
    let promise: EventLoopPromise<RESPValue>
    /// Redis had lost the script, which is sent along.
    private(set) var isWhole = false

    init(call: ScriptCall, demand: PublishLane.Demand?, promise: EventLoopPromise<RESPValue>) {
        (self.call, self.demand, self.promise) = (call, demand, promise)
    }

    func whole() -> Self {
        var whole = self
        whole.isWhole = true
        return whole
    }
}

/// Publishes that wait until the connection is free, in the order of the calls and bounded as those on their way are.
struct HeldPublishes {
    /// Asked for before all others, and sent once already without their script.
    private var again: [PublishAttempt] = []
    private var fresh: [PublishAttempt] = []
    private var bytes = 0
    private let limits: RequestLimits

    init(limits: RequestLimits = .standard) {
        self.limits = limits
    }

    /// - Returns: false when there is no room for it.
    mutating func add(_ attempt: PublishAttempt) -> Bool {
        let size = attempt.call.byteCount
        guard again.count + fresh.count < limits.count, bytes + size <= limits.bytes else { return false }
        bytes += size
        if attempt.isWhole { again.append(attempt) } else { fresh.append(attempt) }
        return true
    }

    mutating func takeAll() -> [PublishAttempt] {
        defer { (again, fresh, bytes) = ([], [], 0) }
        return again + fresh
    }
}
