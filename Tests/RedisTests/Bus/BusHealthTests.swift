import Testing

@testable import Redis

@Suite("Bus health")
struct BusHealthTests {
    @Test("connected is told once both connections are up and all channels are back")
    func connected() {
        var health = BusHealth()
        health.canPublish = true
        #expect(health.improved(isRestored: true) == .none)
        health.isSubscriberUp = true
        #expect(health.improved(isRestored: false) == .none)
        #expect(health.improved(isRestored: true) == .connected)
        #expect(health.improved(isRestored: true) == .none)
    }

    @Test("an outage is told once, also one from the start")
    func lost() {
        var health = BusHealth()
        #expect(health.worsened() == .lost)
        #expect(health.worsened() == .none)
        (health.canPublish, health.isSubscriberUp) = (true, true)
        #expect(health.improved(isRestored: true) == .connected)
        health.canPublish = false
        #expect(health.worsened() == .lost)
    }
}
