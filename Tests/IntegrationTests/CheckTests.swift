import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("gadgate check")
    struct CheckTests {
        func check(
            _ text: String, _ options: [String] = ["--insecure-anonymous"]
        ) async throws -> (exit: ChildProcess.Exit, output: String, errors: String, file: String) {
            let directory = try TemporaryDirectory()
            defer { withExtendedLifetime(directory) {} }
            let file = directory.path("gadgate.yaml")
            try Data(text.utf8).write(to: URL(filePath: file))
            let gadgate = try ChildProcess(
                try BuiltProduct.path("gadgate"), ["check", "--config", file] + options)
            return (try await gadgate.wait(), gadgate.output, gadgate.errors, file)
        }

        @Test("says that a file is right, and what to know of it")
        func right() async throws {
            let result = try await check("port: 8080\nclasses: {important: {rate: 100}}")
            #expect(result.exit == .code(0))
            #expect(
                result.output == """
                    warning: --insecure-anonymous: everyone on this machine is let in without a token
                    \(result.file) is right

                    """)
        }

        @Test("prints the script that backends publish with")
        func script() async throws {
            let gadgate = try ChildProcess(try BuiltProduct.path("gadgate"), ["script", "publish"])
            #expect(try await gadgate.wait() == .code(0))
            #expect(gadgate.output.hasPrefix("-- Publishes one message to a room"))
        }

        @Test("says where a file is wrong, with status 1")
        func wrong() async throws {
            let result = try await check("port: 8080\nclasses: {important: {rate: often}}")
            #expect(result.exit == .code(1))
            #expect(result.errors.contains("\(result.file):2: classes.important.rate: \"often\" is not allowed: give"))
        }

        @Test("says which certificate cannot be used, with status 1")
        func certificates() async throws {
            let certificate = try await TestCertificates()
            let other = try await TestCertificates()
            let files = ["--tls-cert", certificate.certificate, "--tls-key", other.key]
            let result = try await check("", ["--insecure-anonymous"] + files)
            #expect(result.exit == .code(1))
            #expect(result.errors.contains("the key in \(other.key) does not belong to the certificate"))
            let authority = ["--redis", "rediss://localhost", "--redis-ca", other.key]
            let redis = try await check("", ["--insecure-anonymous"] + authority)
            #expect(redis.exit == .code(1))
            #expect(redis.errors.contains("no certificate authorities could be read from \(other.key)"))
        }

        @Test("says what serve would miss, with status 1, and what is no flag or no value of one, with status 2")
        func flags() async throws {
            let result = try await check("port: 8080", [])
            #expect(result.exit == .code(1))
            #expect(result.errors.contains("who may connect is not said"))
            #expect(try await check("", ["--insecure"]).exit == .code(2))
            let workers = try await check("", ["--workers", "4x"])
            #expect(workers.exit == .code(2))
            #expect(workers.errors.contains("--workers: \"4x\" is not allowed"))
        }
    }
}
