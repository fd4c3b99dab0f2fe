import FoundationEssentials

/// A Prometheus of a test's own (Debian's package): on a free port of 127.0.0.1, keeping what it scrapes in a directory
/// of its own. It ends with the value.
package final class PrometheusServer: Sendable {
    private let port: Int
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    /// Starts it and waits until it answers.
    /// - Parameter targets: the ports of 127.0.0.1 that it scrapes, twice a second.
    package init(scraping targets: [Int]) async throws {
        port = try FreePort.next()
        directory = try TemporaryDirectory()
        let list = targets.map { "'127.0.0.1:\($0)'" }.joined(separator: ", ")
        let configuration = """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms}
            scrape_configs:
              - {job_name: gadgate, static_configs: [{targets: [\(list)]}]}
            """
        try Data(configuration.utf8).write(to: URL(filePath: directory.path("prometheus.yml")))
        process = try ChildProcess(
            "prometheus",
            [
                "--config.file", directory.path("prometheus.yml"), "--storage.tsdb.path", directory.path("data"),
                "--web.listen-address", "127.0.0.1:\(port)", "--log.level", "warn",
            ])
        try await eventually("prometheus scrapes every target", within: .seconds(30)) {
            guard !process.hasExited else {
                throw NeverHappened(description: "prometheus ended: \(process.errors.suffix(1_000))")
            }
            // It does not listen at once.
            let up = try? await query("up == 1")
            return up?.count == targets.count
        }
    }

    /// The series that an expression of PromQL gives now.
    package func query(_ expression: String) async throws -> [Series] {
        let curl = try ChildProcess(
            "curl",
            [
                "-s", "-m", "5", "--get", "--data-urlencode", "query=\(expression)",
                "http://127.0.0.1:\(port)/api/v1/query",
            ])
        let exit = try await curl.wait()
        guard exit == .code(0) else { throw NeverHappened(description: "prometheus does not answer: \(exit)") }
        return try JSONDecoder().decode(Answer.self, from: Data(curl.output.utf8)).data.result
    }

    /// One series with its newest value.
    package struct Series: Decodable, Sendable {
        /// By name; the metric's own name is `__name__`.
        package let labels: [String: String]
        package let value: Double

        private enum CodingKeys: String, CodingKey {
            case value
            case labels = "metric"
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            labels = try container.decode([String: String].self, forKey: .labels)
            // The time, then the number as text.
            var pair = try container.nestedUnkeyedContainer(forKey: .value)
            _ = try pair.decode(Double.self)
            value = Double(try pair.decode(String.self)) ?? .nan
        }
    }

    private struct Answer: Decodable {
        struct Result: Decodable { var result: [Series] }
        var data: Result
    }
}
