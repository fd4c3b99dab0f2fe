import FleetModel
import Testing

@testable import Gateway

@Suite("The rules of the admin API")
struct AdminPolicyTests {
    private func user(_ name: String, _ number: UInt32 = 1_000, groups: Set<String> = []) -> AdminAsker {
        .user(PeerUser(number: number, name: name, groups: groups))
    }

    @Test("without rules make root and the worker's own user admins, and every other user a viewer")
    func standard() {
        let policy = AdminPolicy()
        #expect(policy.role(of: user("root", 0), ownUser: 500) == .admin)
        #expect(policy.role(of: user("gad", 500), ownUser: 500) == .admin)
        #expect(policy.role(of: user("maria"), ownUser: 500) == .viewer)
        #expect(policy.role(of: .certificate(["gad://user/maria"]), ownUser: 500) == nil)
    }

    @Test("give the greatest role of all that are about somebody, and none to whom none is about")
    func rules() {
        var policy = AdminPolicy()
        policy.access = [
            AdminRule(.user("maria"), role: .viewer), AdminRule(.group("operators"), role: .operator),
            AdminRule(.certificate("gad://user/maria"), role: .admin),
        ]
        #expect(policy.role(of: user("maria"), ownUser: 500) == .viewer)
        #expect(policy.role(of: user("maria", groups: ["staff", "operators"]), ownUser: 500) == .operator)
        #expect(policy.role(of: .certificate(["gad://user/maria"]), ownUser: 500) == .admin)
        #expect(policy.role(of: .certificate(["maria", "operators"]), ownUser: 500) == nil)
        #expect(policy.role(of: user("root", 0), ownUser: 500) == nil)
    }

    @Test("take a star for every user of the machine, and for no certificate")
    func everybody() {
        var policy = AdminPolicy()
        policy.access = [AdminRule(.user("*"), role: .operator)]
        #expect(policy.role(of: user("uid:77", 77), ownUser: 500) == .operator)
        #expect(policy.role(of: .certificate(["*"]), ownUser: 500) == nil)
    }
}
