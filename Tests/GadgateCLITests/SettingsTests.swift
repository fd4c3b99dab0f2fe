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
            default: throw SystemError(code: 2)
            }
        })

    func configuration(
        _ flags: [Setting: String] = [:], environment: [String: String] = [:], file: String = "",
        anonymous: Bool = true
    ) throws -> FleetConfiguration {
        var flags = flags
        if anonymous { flags[.insecureAnonymous] = "true" }
        let settings = try Settings(
            flags: flags, environment: environment, file: try SettingsFile.read(file, path: "g.yaml"))
        return try FleetConfiguration(settings, machine: Self.machine)
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
        #expect(result.common.policy.classes.bestEffort.queueBytes == .mebibytes(1))
    }

    @Test("every setting can be given in each of the three ways", arguments: Setting.allCases)
    func everywhere(_ setting: Setting) throws {
        let text = "x"
        let flags = try Settings(flags: [setting: text], environment: [:], file: [:])
        let environment = try Settings(flags: [:], environment: [setting.environmentName: text], file: [:])
        let file = try Settings(
            flags: [:], environment: [:], file: try SettingsFile.read("\(setting.rawValue): x", path: "g.yaml"))
        for settings in [flags, environment, file] { #expect(settings.text(setting) == text) }
        let options = try ServeOptions.parse(
            [.insecureAnonymous, .conformanceEcho].contains(setting) ? [setting.flag] : [setting.flag, text])
        #expect(options.texts.keys.contains(setting))
    }

    @Test("a wrong value is refused with its source, its text and what is allowed")
    func wrongValues() {
        #expect(refusal([.workers: "0"]) == "--workers: \"0\" is not allowed: give a whole number from 1 to 256")
        #expect(
            refusal(environment: ["GADGATE_LOOPS": "many"])
                == "environment variable GADGATE_LOOPS: \"many\" is not allowed: give a whole number from 1 to 64")
        #expect(
            refusal(file: "port: 80\nheartbeat_interval: 1d")
                == "g.yaml:2: heartbeat_interval: \"1d\" is not allowed: give a time from 1s to 3600s, "
                + "like 500ms, 30s or 2m")
        #expect(refusal([.queueBound: "1"]).contains("like 64KiB or 1MiB"))
        #expect(refusal([.host: "example.org"]).contains("give an IP address"))
        #expect(refusal([.node: "a/b"]).contains("A-Za-z0-9_.-"))
        #expect(refusal([.conformanceEcho: "yes"]).contains("true or false"))
    }

    @Test("an unknown key is refused with its place and the keys there are")
    func unknownKeys() {
        #expect(refusal(file: "port: 80\n\nportt: 3").hasPrefix("g.yaml:3: there is no setting \"portt\"; there are"))
        #expect(
            refusal(environment: ["GADGATE_PROT": "1"]).hasPrefix(
                "environment variable GADGATE_PROT: there is no such setting; there are GADGATE_WORKERS"))
    }

    @Test("a file that is no mapping of settings is refused", arguments: ["- a", "port: {a: 1}", "port: [", "a"])
    func wrongFiles(_ text: String) {
        #expect(refusal(file: text).hasPrefix("g.yaml"))
    }

    @Test("a list is a list in the file and has commas elsewhere")
    func lists() throws {
        #expect(
            try configuration(file: "publish_roles: [ADMIN, OPS]").common.policy.access.publish
                == .roles(["ADMIN", "OPS"]))
        #expect(
            try configuration([.publishRoles: "ADMIN, OPS"]).common.policy.access.publish == .roles(["ADMIN", "OPS"]))
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
