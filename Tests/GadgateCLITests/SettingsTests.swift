import FleetModel
import Gateway
import Testing

@testable import GadgateCLI

@Suite("Settings from flags, environment and file")
struct SettingsTests {
    static let machine = Machine(
        hostName: "gw 1.example", environment: [:], userID: 1000,
        read: { path in
            switch path {
            case "/secret": Array("0123456789abcdef0123456789abcdef\n".utf8)
            case "/short": Array("hunter2\n".utf8)
            case "/tls.pem", "/tls.key", "/ca.pem": Array("PEM".utf8)
            default: throw SystemError(code: 2)
            }
        })

    func configuration(
        _ flags: [Setting: String] = [:], environment: [String: String] = [:], file: String = "",
        anonymous: Bool = true
    ) throws -> FleetConfiguration {
        try gatewayConfiguration(flags, environment: environment, file: file, anonymous: anonymous).fleet
    }

    func gatewayConfiguration(
        _ flags: [Setting: String] = [:], environment: [String: String] = [:], file: String = "",
        anonymous: Bool = true
    ) throws -> GatewayConfiguration {
        var flags = flags
        if anonymous { flags[.insecureAnonymous] = "true" }
        let file = try ConfigurationFile(file, path: "g.yaml")
        let settings = try Settings(flags: flags, environment: environment, file: file.settings)
        return try GatewayConfiguration(settings, policy: file.policy, machine: Self.machine)
    }

    func refusal(
        _ flags: [Setting: String] = [:], environment: [String: String] = [:], file: String = "",
        anonymous: Bool = true
    ) -> String {
        do {
            _ = try configuration(flags, environment: environment, file: file, anonymous: anonymous)
            return ""
        } catch { return "\(error)" }
    }

    @Test("a flag is stronger than the environment, the environment than the file, the file than the default")
    func precedence() throws {
        let file = "workers: 2\nport: 7002\nloops: 2"
        let environment = ["GADGATE_WORKERS": "3", "GADGATE_PORT": "7003"]
        let result = try configuration([.workers: "4"], environment: environment, file: file)
        #expect(result.workers == 4)
        #expect(result.common.sharedPort == 7003)
        #expect(result.common.loops == 2)
        #expect(result.common.shutdownDeadline == .seconds(30))
    }

    @Test("every setting can be given in each of the three ways", arguments: Setting.allCases)
    func everywhere(_ setting: Setting) throws {
        let text = "x"
        let environment = try Settings(flags: [:], environment: [setting.environmentName: text], file: [:])
        let file = try Settings(
            flags: [:], environment: [:],
            file: try ConfigurationFile("\(setting.rawValue): x", path: "g.yaml").settings)
        for settings in [environment, file] { #expect(settings.text(setting) == text) }
        guard let flag = setting.flag else { return }
        let options = try ServeOptions.parse(
            [.insecureAnonymous, .conformanceEcho].contains(setting) ? [flag] : [flag, text])
        #expect(options.texts.keys.contains(setting))
        #expect(try Settings(flags: options.texts, environment: [:], file: [:]).text(setting) != nil)
    }

    @Test("a secret is no flag, for everyone on the machine can read the arguments of a process")
    func secretsAreNoFlags() {
        #expect(Setting.sentinelCredentials.flag == nil)
        #expect(throws: (any Error).self) { try ServeOptions.parse(["--sentinel-credentials", "a:b"]) }
    }

    @Test("a wrong value is refused with its source, its text and what is allowed")
    func wrongValues() {
        #expect(refusal([.workers: "0"]) == "--workers: \"0\" is not allowed: give a whole number from 1 to 256")
        #expect(
            refusal(environment: ["GADGATE_LOOPS": "many"])
                == "environment variable GADGATE_LOOPS: \"many\" is not allowed: give a whole number from 1 to 64")
        #expect(
            refusal(file: "port: 80\nshutdown_deadline: 2h")
                == "g.yaml:2: shutdown_deadline: \"2h\" is not allowed: give a time from 0s to 1h, "
                + "like 500ms, 30s or 2m")
        #expect(refusal([.host: "example.org"]).contains("give an IP address"))
        #expect(refusal([.node: "a/b"]).contains("A-Za-z0-9_.-"))
        #expect(refusal([.conformanceEcho: "yes"]).contains("true or false"))
    }

    @Test("an unknown key is refused with its place and the keys there are")
    func unknownKeys() {
        #expect(
            refusal(file: "port: 80\n\nportt: 3").hasPrefix(
                "g.yaml:3: portt: there is no setting of this name; there are workers, port"))
        #expect(
            refusal(environment: ["GADGATE_PROT": "1"]).hasPrefix(
                "environment variable GADGATE_PROT: there is no such setting; there are GADGATE_WORKERS"))
    }

    @Test("a file that is no mapping of settings is refused", arguments: ["- a", "port: {a: 1}", "port: [", "a"])
    func wrongFiles(_ text: String) {
        #expect(refusal(file: text).hasPrefix("g.yaml"))
    }

    @Test("Sentinels are a list in the file and have commas elsewhere; the URL beside them says who we are")
    func sentinels() throws {
        let expected = ["10.0.0.1:26379", "[::1]:26380"]
        let file = "sentinel: [\"10.0.0.1:26379\", \"[::1]:26380\"]\nmaster: gad\nsentinel_credentials: \"u:p\""
        let redis = try configuration([.redis: "redis://app:pw@ignored/2"], file: file).common.redis
        #expect(redis.sentinels == expected)
        #expect(redis.master == "gad")
        #expect(redis.sentinelCredentials == "u:p")
        #expect(redis.url == "redis://app:pw@ignored/2")
        let flags: [Setting: String] = [.sentinel: "10.0.0.1:26379, [::1]:26380", .master: "gad"]
        #expect(try configuration(flags).common.redis.sentinels == expected)
    }

    @Test("what Sentinels need is asked for, and what is theirs alone is refused without them")
    func wrongSentinels() {
        for text in ["", "host:0", "::1:26379", "a:1,,b:2"] {
            #expect(refusal([.sentinel: text, .master: "gad"]).contains("HOST:PORT with commas between"), "\(text)")
        }
        #expect(refusal([.sentinel: "a:1"]).hasPrefix("--sentinel: the name of the primary is missing"))
        #expect(
            refusal([.sentinel: "a:1", .master: "g d"])
                == "--master: \"g d\" is not allowed: give a name without spaces")
        #expect(refusal([.master: "gad"]).hasPrefix("--master: it is of use with Sentinels only"))
        let words = refusal([.sentinel: "a:1", .master: "gad"], file: "\nsentinel_credentials: hunter2")
        #expect(words == "g.yaml:2: sentinel_credentials: it is not allowed: give user:password, or :password")
    }

    @Test("an authority for Redis is refused where Redis is spoken to without TLS, or where it cannot be read")
    func redisAuthority() {
        #expect(refusal([.redisCA: "/ca.pem"]).contains("give a URL of rediss://"))
        #expect(refusal([.redisCA: "/none"]).contains("/none cannot be read: No such file"))
    }

    @Test("TLS takes a certificate and a key, both of which can be read")
    func tls() throws {
        let tls = try configuration([.tlsCert: "/tls.pem", .tlsKey: "/tls.key"]).common.tls
        #expect(tls == TLSFiles(certificate: "/tls.pem", key: "/tls.key"))
        #expect(refusal([.tlsCert: "/tls.pem"]).contains("give --tls-key FILE too"))
        #expect(refusal([.tlsKey: "/tls.key"]).contains("give --tls-cert FILE too"))
        #expect(
            refusal([.tlsCert: "/tls.pem", .tlsKey: "/none"])
                == "--tls-key: /none cannot be read: No such file or directory")
    }

    @Test("whoever starts it is told when tokens travel in clear, and when a password can be seen")
    func warnings() throws {
        let open: [Setting: String] = [.jwtSecretFile: "/secret", .host: "0.0.0.0"]
        let tls: [Setting: String] = [.tlsCert: "/tls.pem", .tlsKey: "/tls.key"]
        func warnings(_ flags: [Setting: String], file: String = "") throws -> [ConfigurationWarning] {
            try gatewayConfiguration(flags, file: file, anonymous: false).warnings
        }
        #expect(try warnings(open) == [.tokensInClear(host: "0.0.0.0")])
        #expect(try warnings(open.merging(tls) { $1 }).isEmpty)
        #expect(try warnings([.jwtSecretFile: "/secret"]).isEmpty)
        let url = "redis://:hunter2@host"
        #expect(try warnings([.jwtSecretFile: "/secret", .redis: url]) == [.passwordInArguments])
        #expect(try warnings([.jwtSecretFile: "/secret"], file: "redis: \(url)").isEmpty)
        #expect(try gatewayConfiguration().warnings == [.anonymous(host: "127.0.0.1")])
    }

    @Test("nobody is let in unless it was said who")
    func nobody() {
        let words = refusal(anonymous: false)
        #expect(words.contains("--jwt-secret-file FILE"))
        #expect(words.contains("--insecure-anonymous"))
    }

    @Test("anonymous clients are served on loopback only", arguments: ["0.0.0.0", "::", "192.0.2.7"])
    func anonymousElsewhere(_ host: String) throws {
        #expect(refusal([.host: host]).contains("--host 127.0.0.1"))
        #expect(try configuration([.host: "::1"]).common.authentication == .anonymous)
    }

    @Test("the secret is the file without its last line feed")
    func secret() throws {
        let result = try configuration([.jwtSecretFile: "/secret", .host: "0.0.0.0"], anonymous: false)
        #expect(result.common.authentication == .secret(Array("0123456789abcdef0123456789abcdef".utf8)))
    }

    @Test("a secret that is missing, too short, or given beside --insecure-anonymous is refused")
    func wrongSecrets() {
        #expect(refusal([.jwtSecretFile: "/none"], anonymous: false).contains("/none cannot be read: No such file"))
        let short = refusal([.jwtSecretFile: "/short"], anonymous: false)
        #expect(short.contains("has 7 bytes"))
        #expect(!short.contains("hunter2"))
        #expect(refusal([.jwtSecretFile: "/secret"]).contains("leave one out"))
    }

    @Test("a password in a wrong Redis URL is not repeated")
    func redisPassword() {
        let words = refusal([.redis: "http://:hunter2@host"])
        #expect(words.hasPrefix("--redis: "))
        #expect(!words.contains("hunter2"))
    }

    @Test("names that the machine gives are made fit for files")
    func standards() throws {
        let result = try configuration()
        #expect(result.common.node == "gw-1.example")
        #expect(result.common.runDirectory == "/tmp/gadgate-1000")
        var machine = Self.machine
        machine.environment = ["XDG_RUNTIME_DIR": "/run/user/1000"]
        #expect(machine.standardRunDirectory == "/run/user/1000/gadgate")
    }
}
