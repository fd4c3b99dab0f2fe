import Testing

@testable import LoadGenerator

/// A message a millisecond in one room, numbered as the millisecond; times in milliseconds.
struct DeliveryAccountTests {
    private let log: PublishLog

    init() {
        var log = PublishLog(rooms: 1)
        for time in 0..<2_000 { _ = log.append(room: 0, at: Self.time(time)) }
        self.log = log
    }

    @Test("a client that stays is expected to have everything published after its subscription")
    func stays() {
        let account = account { client in
            client.subscribed(at: Self.time(500))
            receive(500..<2_000, &client)
        }
        #expect(account.total.expected == 1_500)
        #expect(account.total.received == 1_500)
        #expect(account.total.lost == 0)
    }

    @Test("what a connected client does not receive is lost: in the middle, at the beginning and at the end")
    func loses() {
        let account = account { client in
            client.subscribed(at: Self.time(500))
            receive(510..<600, &client)
            receive(601..<1_990, &client)
        }
        #expect(account.total.lost == 10 + 1 + 10)
        #expect(account.faultyRooms[0]?.lost == 21)
    }

    @Test("a client that moves misses what is published in between, and that is not lost")
    func moves() {
        let account = account { client in
            client.subscribed(at: Self.time(0))
            receive(0..<1_000, &client)
            client.closed(at: Self.time(1_000))
            client.subscribed(at: Self.time(1_100))
            receive(1_100..<2_000, &client)
        }
        #expect(account.total.lost == 0)
        #expect(account.total.duplicates == 0)
        #expect(account.total.missedWhileAway == 100)
        #expect(account.total.inFlightAtClose == 0)
        #expect(account.total.expected == 750 + 900)
        #expect(account.clientsThatMoved == 1)
    }

    @Test("what was published within the margin before a close and did not arrive is in flight; before it, lost")
    func margin() {
        let account = account { client in
            client.subscribed(at: Self.time(0))
            receive(0..<700, &client)
            client.closed(at: Self.time(1_000))
        }
        #expect(account.total.lost == 50)
        #expect(account.total.inFlightAtClose == 250)
        #expect(account.total.missedWhileAway == 1_000)
    }

    @Test("where messages took long, more may have been on their way at a close")
    func slow() {
        let account = account { client in
            client.subscribed(at: Self.time(0))
            receive(0..<500, &client)
            client.closed(at: Self.time(1_000), slowest: 200_000_000)
        }
        #expect(account.total.lost == 50)
        #expect(account.total.inFlightAtClose == 450)
    }

    @Test("a session shorter than the margin expects nothing")
    func short() {
        let account = account { client in
            client.subscribed(at: Self.time(0))
            client.closed(at: Self.time(100))
        }
        #expect(account.total.expected == 0)
        #expect(account.total.inFlightAtClose == 100)
    }

    @Test("a message that a later session brings again is a duplicate, one that it brings at last is not missed")
    func resumed() {
        let account = account { client in
            client.subscribed(at: Self.time(0))
            receive(0..<1_000, &client)
            client.closed(at: Self.time(1_000))
            client.subscribed(at: Self.time(1_100))
            receive(999..<2_000, &client)
        }
        #expect(account.total.duplicates == 1)
        #expect(account.total.missedWhileAway == 0)
    }

    @Test("of a stream, what a client missed between two connections is lost unless it comes by replay")
    func streamResumed() {
        let whole = account { client in
            beginStream(&client)
            client.subscribed(at: Self.time(1_100))
            receive(1_000..<2_000, &client)
        }
        #expect(whole.total.lost == 0)
        #expect(whole.total.expected == 2_000)
        #expect(whole.total.inFlightAtClose + whole.total.missedWhileAway == 0)
        let holed = account { client in
            beginStream(&client)
            client.subscribed(at: Self.time(1_100))
            receive(1_003..<2_000, &client)
        }
        #expect(holed.total.lost == 3)
    }

    @Test("of a stream, what lies before a session that was declared not recovered is counted apart, and no more")
    func notRecovered() {
        let account = account { client in
            beginStream(&client)
            client.joinedAnew(0, at: Self.time(1_100))
            client.subscribed(at: Self.time(1_100))
            receive(1_100..<1_200, &client)
            receive(1_201..<2_000, &client)
        }
        #expect(account.total.notRecovered == 100)
        #expect(account.total.lost == 1)
    }

    @Test("a room that was declared not recovered and then silent has lost only what was published since")
    func notRecoveredThenSilent() {
        let account = account { client in
            beginStream(&client)
            client.joinedAnew(0, at: Self.time(1_100))
            client.subscribed(at: Self.time(1_100))
        }
        #expect(account.total.notRecovered == 100)
        #expect(account.total.lost == 900)
    }

    @Test("what is published after a room was declared not recovered is lost, though no message came in between")
    func lostAfterNotRecovered() {
        let account = account { client in
            beginStream(&client)
            client.joinedAnew(0, at: Self.time(1_100))
            client.subscribed(at: Self.time(1_100))
            receive(1_150..<2_000, &client)
        }
        #expect(account.total.notRecovered == 100)
        #expect(account.total.lost == 50)
    }

    @Test("what was never confirmed does not stand for messages that were lost after a session declared not recovered")
    func unconfirmedAndNotRecovered() {
        var log = log
        for sequence in 1_000..<1_080 as Range<UInt32> { log.markUnconfirmed(room: 0, sequence: sequence) }
        let account = account(log) { client in
            beginStream(&client)
            client.joinedAnew(0, at: Self.time(1_100))
            client.subscribed(at: Self.time(1_100))
            receive(1_100..<1_200, &client)
            receive(1_230..<2_000, &client)
        }
        #expect(account.total.notRecovered == 20)
        #expect(account.total.lost == 30)
    }

    @Test("what is missing before the first message is due from the last session that began without it")
    func declaredBeforeFirst() {
        let account = account { client in
            client.joinedAnew(0, at: Self.time(0))
            client.subscribed(at: Self.time(0))
            client.markStream(0)
            client.closed(at: Self.time(1_000))
            client.joinedAnew(0, at: Self.time(1_100))
            client.subscribed(at: Self.time(1_100))
            receive(1_110..<2_000, &client)
        }
        #expect(account.total.notRecovered == 1_100)
        #expect(account.total.lost == 10)
    }

    @Test("gaps around more sessions than are listed are told apart from what is accounted for")
    func tooManySessions() {
        let count = RoomReceipts.maximumGaps + 10
        let account = account { client in
            client.markStream(0)
            for session in 0..<count {
                client.joinedAnew(0, at: Self.time(session * 2))
                client.subscribed(at: Self.time(session * 2))
                client.receive(MessageStamp(room: 0, sequence: UInt32(session * 2 + 1), time: 0))
                client.closed(at: Self.time(session * 2 + 1))
            }
        }
        #expect(account.total.unaccounted > 0)
    }

    @Test("deliveries are counted by the class of their room, and a client that reads nothing is left out")
    func classes() {
        var log = PublishLog(rooms: 2)
        for time in 0..<10 { for room in 0..<2 { _ = log.append(room: room, at: Self.time(time)) } }
        var account = DeliveryAccount(classes: [.critical, .bestEffort])
        var client = ClientReceipts(client: 0, rooms: [0, 1])
        client.subscribed(at: Self.time(0))
        receive(0..<10, &client)
        account.add(client, log: log)
        var stuck = ClientReceipts(client: 1, rooms: [0, 1])
        stuck.subscribed(at: Self.time(0))
        stuck.isStuck = true
        account.add(stuck, log: log)
        #expect(account.classes.critical.received == 10)
        #expect(account.classes.critical.lost == 0)
        #expect(account.classes.bestEffort.lost == 10)
    }

    /// Up to message 999, when the connection closes.
    private func beginStream(_ client: inout ClientReceipts) {
        client.joinedAnew(0, at: Self.time(0))
        client.subscribed(at: Self.time(0))
        client.markStream(0)
        receive(0..<1_000, &client)
        client.closed(at: Self.time(1_000))
    }

    @Test("nobody is expected to have a message that was never confirmed to be published")
    func unconfirmed() {
        var log = log
        for sequence in 100..<200 as Range<UInt32> { log.markUnconfirmed(room: 0, sequence: sequence) }
        let account = account(log) { client in
            client.subscribed(at: Self.time(0))
            receive(0..<150, &client)
            receive(200..<1_999, &client)
        }
        #expect(account.total.expected == 1_900)
        #expect(account.total.lost == 1)
    }

    @Test("a message of a room that the client never joined is misrouted")
    func misrouted() {
        let account = account { client in
            client.receive(MessageStamp(room: 9, sequence: 0, time: 0))
        }
        #expect(account.misrouted == 1)
    }

    @Test("a log that let its older half go accounts for the rest as before")
    func truncated() {
        var log = PublishLog(rooms: 1, capacity: 1_000)
        for time in 0..<1_500 { _ = log.append(room: 0, at: Self.time(time)) }
        let account = account(log) { client in
            client.subscribed(at: Self.time(0))
            receive(0..<1_400, &client)
        }
        #expect(log.isTruncated)
        #expect(account.total.lost == 100)
        #expect(log.sequences(room: 0, from: Self.time(1_200), before: Self.time(1_300)) == 1_200..<1_300)
    }

    private func account(
        _ log: PublishLog? = nil, _ events: (inout ClientReceipts) -> Void
    ) -> DeliveryAccount {
        var client = ClientReceipts(client: 0, rooms: [0])
        events(&client)
        var account = DeliveryAccount()
        account.add(client, log: log ?? self.log)
        return account
    }

    private func receive(_ sequences: Range<UInt32>, _ client: inout ClientReceipts) {
        for sequence in sequences { client.receive(MessageStamp(room: 0, sequence: sequence, time: 0)) }
    }

    private static func time(_ milliseconds: Int) -> UInt64 { 1_000_000_000 + UInt64(milliseconds) * 1_000_000 }
}
