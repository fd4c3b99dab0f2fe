import NIOCore

/// How many denials of one person are written down: whoever is denied must not be able to fill the audit with that.
struct DenialBudget {
    private struct Account {
        var bucket = TokenBucket()
        /// Since the last one that was written.
        var unwritten = 0
    }

    private var accounts: [String: Account] = [:]

    /// Denials of one person at once, and a second after that.
    static let burst = 20
    static let perSecond = 1
    /// People at once; past this, accounts begin anew.
    static let mostAccounts = 1_024

    /// - Returns: how many were left out before this one; nil when this one is left out too.
    mutating func take(_ name: String, at now: NIODeadline) -> Int? {
        if accounts.count >= Self.mostAccounts, accounts[name] == nil { accounts = [:] }
        var account = accounts[name] ?? Account()
        defer { accounts[name] = account }
        guard account.bucket.take(at: now, rate: Self.perSecond, burst: Self.burst) else {
            account.unwritten += 1
            return nil
        }
        defer { account.unwritten = 0 }
        return account.unwritten
    }
}
