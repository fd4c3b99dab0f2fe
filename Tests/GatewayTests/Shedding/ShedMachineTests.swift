import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("Giving connections away, as a decision")
struct ShedMachineTests {
    let start = UnixTime(microseconds: 1_000_000_000)

    @Test("refuses new connections first, then has clients leave at its rate, and no more than were asked for")
    func pace() throws {
        var machine = ShedMachine()
        machine.take(try order(count: 30, rate: 10), now: start)
        #expect(machine.next(now: start, jitter: 0.5) == .refuseNew)
        machine.did(.refusedNew)
        var told: [Int] = []
        for second in 0..<5 {
            told.append(run(&machine, fromTick: second * 10, ticks: 10, renewing: try order(count: 30, rate: 10)))
        }
        #expect(told.reduce(0, +) == 30)
        #expect(told.prefix(3).allSatisfy { (8...11).contains($0) }, "\(told)")
    }

    @Test("counts over all orders of an operation, also those after its lease")
    func cumulative() throws {
        var machine = ShedMachine()
        machine.take(try order(count: 10, rate: 100), now: start)
        machine.did(.refusedNew)
        #expect(run(&machine, fromTick: 0, ticks: 20) == 10)
        let late = start.advanced(by: .seconds(60))
        #expect(machine.next(now: late, jitter: 0.5) == .acceptNew)
        machine.did(.acceptedNew)
        machine.take(try order(count: 12, rate: 100), now: late)
        _ = machine.next(now: late, jitter: 0.5)
        machine.did(.refusedNew)
        #expect(run(&machine, fromTick: 600, ticks: 20) == 2)
        machine.take(try order(count: 5, rate: 100, operation: "another"), now: late.advanced(by: .seconds(2)))
        #expect(run(&machine, fromTick: 620, ticks: 20) == 5)
    }

    @Test("ends with its lease, and accepts again")
    func lease() throws {
        var machine = ShedMachine()
        machine.take(try order(count: 1_000, rate: 10), now: start)
        machine.did(.refusedNew)
        let told = run(&machine, fromTick: 0, ticks: 100)
        #expect((45...55).contains(told), "the lease is 5 s, and \(told) were told")
        #expect(!machine.isActive)
        #expect(machine.next(now: start.advanced(by: .seconds(6)), jitter: 0.5) == .acceptNew)
        machine.did(.acceptedNew)
        #expect(machine.isSettled)
        #expect(machine.status?.phase == .ended)
        #expect(machine.recentStatus(at: start.advanced(by: .seconds(10)))?.told == told)
        #expect(machine.recentStatus(at: start.advanced(by: .seconds(30))) == nil)
    }

    @Test("saves up nothing while nobody may leave")
    func noBurst() throws {
        var machine = ShedMachine()
        let waiting = try order(count: 0, rate: 10)
        machine.take(waiting, now: start)
        machine.did(.refusedNew)
        for second in 0..<10 { #expect(run(&machine, fromTick: second * 10, ticks: 10, renewing: waiting) == 0) }
        let going = try order(count: 500, rate: 10)
        #expect(run(&machine, fromTick: 100, ticks: 10, renewing: going) <= 11)
    }

    @Test("when it is stopped, tells nobody more, accepts at once, and sees those leave who were told")
    func stop() throws {
        var machine = ShedMachine()
        machine.take(try order(count: 100, rate: 100), now: start)
        machine.did(.refusedNew)
        _ = run(&machine, fromTick: 0, ticks: 5)
        machine.did(.stepped(ShedTally(told: 0, leaving: 3, matching: 50)))
        machine.stop(now: start.advanced(by: .seconds(1)))
        #expect(machine.next(now: start.advanced(by: .seconds(1)), jitter: 0.5) == .acceptNew)
        machine.did(.acceptedNew)
        let step = machine.next(now: start.advanced(by: .seconds(2)), jitter: 0.5)
        #expect(step == .step(tell: 0, rooms: nil))
        machine.did(.stepped(ShedTally(told: 0, leaving: 0, matching: 50)))
        #expect(machine.next(now: start.advanced(by: .seconds(3)), jitter: 0.5) == .rest)
    }

    @Test("refuses figures that make no sense, each by its name")
    func refusals() {
        for (request, word) in [
            (ShedRequest(count: -1, ratePerSecond: 1), "count"), (ShedRequest(count: 1, ratePerSecond: 0), "--rate"),
            (ShedRequest(count: 1, ratePerSecond: .nan), "--rate"),
            (ShedRequest(count: 1, ratePerSecond: 1, rooms: "a b"), "--rooms"),
            (ShedRequest(count: 1, ratePerSecond: 1, leaseSeconds: 600), "lease_seconds"),
        ] {
            #expect {
                _ = try ShedOrder(request, operation: "op", requestedBy: "ana")
            } throws: { error in
                (error as? AdminError).map { $0.code == .badRequest && $0.message.contains(word) } ?? false
            }
        }
    }

    private func order(count: Int, rate: Double, operation: String = "op") throws -> ShedOrder {
        try ShedOrder(
            ShedRequest(count: count, ratePerSecond: rate), operation: operation, requestedBy: "ana")
    }

    /// - Returns: how many were told.
    private func run(_ machine: inout ShedMachine, fromTick: Int, ticks: Int, renewing order: ShedOrder? = nil) -> Int {
        var told = 0
        for tick in fromTick..<fromTick + ticks {
            let now = start.advanced(by: .milliseconds(100 * Int64(tick)))
            if let order, tick % 10 == 0 { machine.take(order, now: now) }
            guard case .step(let count, _) = machine.next(now: now, jitter: Double(tick % 10) / 10) else { continue }
            told += count
            machine.did(.stepped(ShedTally(told: count, leaving: 0, matching: 10_000)))
        }
        return told
    }
}
