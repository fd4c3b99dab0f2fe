import FleetModel
import Foundation
import Testing

@testable import Telemetry

@Suite("What the kernel says of this process")
struct ProcessStatisticsTests {
    @Test("counts a descriptor that is opened")
    func descriptors() throws {
        let before = ProcessStatistics.current().openFDs
        let files = (0..<40).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        defer { files.forEach { close($0) } }
        // Other tests open and close descriptors meanwhile, but not as many.
        #expect(ProcessStatistics.current().openFDs >= before + 20)
    }

    @Test("has a limit above what is open, memory, and time that only grows")
    func figures() {
        let first = ProcessStatistics.current()
        let second = ProcessStatistics.current()
        #expect(first.maxFDs > first.openFDs)
        #expect(first.memory > .mebibytes(1))
        #expect(first.cpu > .zero)
        #expect(second.cpu >= first.cpu)
    }

    @Test("takes resident pages from the second field of statm, and nothing from nonsense")
    func statm() {
        #expect(ProcessStatistics.residentPages(statm: "5318 1374 1047 12 0 533 0\n") == 1374)
        #expect(ProcessStatistics.residentPages(statm: "5318") == nil)
    }
}
