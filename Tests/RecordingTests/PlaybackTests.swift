import FleetModel
import Testing

@testable import Recording

@Suite("A replay")
struct PlaybackTests {
    private var playback = Playback(span: .at(0) ... .at(1_000))

    @Test("stands still until it is played, and then goes as fast as it is told")
    mutating func speed() {
        #expect(playback.advance(by: .seconds(1)) == .nothing)
        playback.play()
        #expect(playback.advance(by: .seconds(1)) == .forward(through: .at(1)))
        playback.goFaster()
        playback.goFaster()
        #expect(playback.speed.label == "4")
        #expect(playback.advance(by: .seconds(1)) == .forward(through: .at(5)))
        for _ in 0..<20 { playback.goSlower() }
        #expect(playback.speed.label == "1/4")
        #expect(playback.advance(by: .seconds(4)) == .forward(through: .at(6)))
        for _ in 0..<20 { playback.goFaster() }
        #expect(playback.speed.label == "64")
    }

    @Test("goes back and jumps by telling anew what led there")
    mutating func jumps() {
        #expect(playback.jump(to: .at(500)) == .rewind(from: .at(425), through: .at(500)))
        #expect(playback.stepForward() == .forward(through: .at(501)))
        #expect(playback.stepBack(by: .seconds(10)) == .rewind(from: .at(416), through: .at(491)))
        #expect(playback.jumpToBegin() == .rewind(from: .at(0), through: .at(0)))
        #expect(playback.position == playback.span.lowerBound)
        #expect(playback.jump(to: .at(-50)) == .rewind(from: .at(0), through: .at(0)))
        #expect(playback.jump(to: .at(5_000)) == .rewind(from: .at(925), through: .at(1_000)))
        #expect(playback.isAtEnd)
    }

    @Test("waits at the end for what is still being recorded")
    mutating func grows() {
        _ = playback.jump(to: playback.span.upperBound)
        playback.play()
        #expect(playback.advance(by: .seconds(1)) == .nothing)
        #expect(playback.update(span: .at(0) ... .at(1_010)) == .nothing)
        #expect(playback.advance(by: .seconds(1)) == .forward(through: .at(1_001)))
    }

    @Test("moves on when the part that it is in was taken away")
    mutating func shrinks() {
        _ = playback.jump(to: .at(10))
        #expect(playback.update(span: .at(100) ... .at(1_010)) == .rewind(from: .at(100), through: .at(100)))
    }

    @Test("tells the same of a moment however one came there")
    func samePlace() throws {
        let folder = try TemporaryFolder()
        var fleet = ExampleFleet(workers: 2)
        try RecordingWriter.write(fleet.records(seconds: 300), to: folder.file)
        let reader = try RecordingReader(path: folder.file)
        var (replayer, playback) = (Replayer(reader), Playback(span: try #require(reader.span)))
        func shown(_ feed: Playback.Feed) -> [Record] {
            var told: [Record] = []
            replayer.perform(feed) { step in
                switch step {
                case .restart: told = []
                case .record(let record): told.append(record)
                }
            }
            return told
        }
        let direct = shown(playback.jump(to: .at(200)))
        var wandering = shown(playback.jump(to: .at(190)))
        for _ in 0..<10 { wandering += shown(playback.stepForward()) }
        #expect(playback.position == .at(200))
        #expect((direct.suffix(140) == wandering.suffix(140)) as Bool)
        #expect(direct.last.map { $0.time <= .at(200) } == true)
    }
}
