import FleetModel
import Testing

@testable import GadtopCLI

@Suite("A list that is printed again")
struct WatchingTests {
    @Test("has the header line of CSV once, also while it is empty")
    func csv() {
        #expect("id,state\nw0,active".following(.csv) == "w0,active")
        #expect("id,state".following(.csv) == nil)
    }

    @Test("is a whole document in every other form", arguments: [OutputFormat.table, .wide, .json])
    func others(format: OutputFormat) {
        #expect("a\nb".following(format) == "a\nb")
        #expect("[]".following(format) == "[]")
    }

    @Test("without all workers ends with 3")
    func leftOut() {
        #expect(CommandFailure.leftOut(0, of: 3) == nil)
        #expect(CommandFailure.leftOut(1, of: 3)?.status == .partlyDone)
    }
}
