/// What reading the configuration again came to, for a fleet that runs.
package struct ConfigurationReload: Sendable, Equatable {
    package var policy: GatewayPolicy
    /// The settings that differ from what is in force and that the policy holds.
    package var applied: [String]
    /// The settings that differ from what the fleet was started with, and that only a restart applies.
    package var needRestart: [String]

    package init(policy: GatewayPolicy, applied: [String], needRestart: [String]) {
        self.policy = policy
        self.applied = applied
        self.needRestart = needRestart
    }
}
