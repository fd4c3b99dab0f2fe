/// redis-cli, as an operator would use it against one server or Sentinel.
struct RedisCLI {
    var port: Int
    var password: String?
    var certificates: TestCertificates?

    /// - Throws: `NeverHappened` when it fails or takes longer than a second or so.
    func run(_ arguments: [String]) async throws -> String {
        let secure = certificates.map { ["--tls", "--cacert", $0.authority] } ?? []
        let cli = try ChildProcess(
            "redis-cli", ["-h", "127.0.0.1", "-p", "\(port)"] + secure + arguments,
            environment: password.map { ["REDISCLI_AUTH": $0] } ?? [:])
        guard try await cli.wait(within: .seconds(5)) == .code(0) else {
            throw NeverHappened(description: "redis-cli \(arguments) failed: \(cli.output) \(cli.errors)")
        }
        return cli.output.hasSuffix("\n") ? String(cli.output.dropLast()) : cli.output
    }
}
