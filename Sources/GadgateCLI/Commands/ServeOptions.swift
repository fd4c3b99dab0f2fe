import ArgumentParser

/// The flags of `gadgate serve` and `gadgate check`. Values are texts here: they are checked together with those of
/// other sources.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Worker processes. Default: 1.", valueName: "n"))
    var workers: String?

    @Option(help: ArgumentHelp("Port that all workers share; 0 takes a free one. Default: 8080.", valueName: "port"))
    var port: String?

    @Option(
        help: ArgumentHelp(
            "Worker i also listens on this port plus i. Default: a free port each.", valueName: "port"))
    var workerPortBase: String?

    @Option(help: ArgumentHelp("IP address to listen on. Default: 127.0.0.1.", valueName: "address"))
    var host: String?

    @Option(
        help: ArgumentHelp(
            "Directory of the admin sockets. Default: $XDG_RUNTIME_DIR/gadgate, or /tmp/gadgate-UID.",
            valueName: "dir"))
    var runDir: String?

    @Option(
        help: ArgumentHelp(
            "Directory of each worker's own audit file; made where it is missing. Default: audit in --run-dir.",
            valueName: "dir"))
    var auditDir: String?

    @Option(
        help: ArgumentHelp(
            "Redis that carries messages between workers; rediss:// for TLS. With --sentinel, what is used of it is "
                + "user, password, database and TLS. Default: redis://127.0.0.1:6379.",
            valueName: "url"))
    var redis: String?

    @Option(
        help: ArgumentHelp(
            "Sentinels that know the Redis primary, with commas between; their own user and password go into "
                + "GADGATE_SENTINEL_CREDENTIALS or the file.",
            valueName: "host:port,…"))
    var sentinel: String?

    @Option(help: ArgumentHelp("Name of the primary at the Sentinels.", valueName: "name"))
    var master: String?

    @Option(
        name: .customLong("redis-ca"),
        help: ArgumentHelp(
            "PEM file with the authorities that sign Redis's certificates. Default: those of the system.",
            valueName: "file"))
    var redisCA: String?

    @Option(
        help: ArgumentHelp(
            "PEM file with the certificate of the serving port and its chain; SIGHUP reads it again.",
            valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("PEM file with the certificate's key.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Serve the admin API on TCP too, with mutual TLS: worker i on this port plus i.", valueName: "host:port"))
    var adminListen: String?

    @Option(
        help: ArgumentHelp(
            "PEM file with the admin API's certificate, which names gad://worker/ID; {worker} in the path is the "
                + "worker's id. Default: --tls-cert.",
            valueName: "file"))
    var adminCert: String?

    @Option(help: ArgumentHelp("PEM file with that certificate's key. Default: --tls-key.", valueName: "file"))
    var adminKey: String?

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp(
            "PEM file with the authorities that sign the certificates of the admin API's clients.", valueName: "file"))
    var clientCA: String?

    @Option(help: ArgumentHelp("File with the HS256 secret of the clients' tokens.", valueName: "file"))
    var jwtSecretFile: String?

    @Flag(help: "Let in everyone, without a token; for development, on loopback only.")
    var insecureAnonymous = false

    @Flag(help: "Serve /ws/echo, which the conformance suite talks to.")
    var conformanceEcho = false

    @Option(help: ArgumentHelp("Name of this machine in worker ids. Default: its host name.", valueName: "name"))
    var node: String?

    @Option(help: ArgumentHelp("Event loops in each worker. Default: 1.", valueName: "n"))
    var loops: String?

    @Option(
        help: ArgumentHelp(
            "Time that SIGTERM gives a worker to drain; 0 closes at once. Default: 30s.", valueName: "time"))
    var shutdownDeadline: String?

    @Option(
        help: ArgumentHelp(
            "Time after which a worker that hangs is killed and started again; 0 lets it be. Default: 30s.",
            valueName: "time"))
    var watchdog: String?

    @Option(
        help: ArgumentHelp(
            "Least level to log: trace, debug, info, notice, warning, error or critical. Default: info.",
            valueName: "level"))
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            "YAML file of settings, named like the flags with _ for -, and of sections for what SIGHUP reloads. Each "
                + "flag is a variable too, as GADGATE_PORT; flags win over the environment, it over the file.",
            valueName: "file"))
    var config: String?
}

extension ServeOptions {
    /// The flags that were given.
    var texts: [Setting: String] {
        Dictionary(
            uniqueKeysWithValues: Setting.allCases.compactMap { setting in text(of: setting).map { (setting, $0) } })
    }

    private func text(of setting: Setting) -> String? {
        switch setting {
        case .workers: workers
        case .port: port
        case .workerPortBase: workerPortBase
        case .host: host
        case .runDir: runDir
        case .auditDir: auditDir
        case .redis: redis
        case .sentinel: sentinel
        case .master: master
        // It has no flag.
        case .sentinelCredentials: nil
        case .redisCA: redisCA
        case .tlsCert: tlsCert
        case .tlsKey: tlsKey
        case .adminListen: adminListen
        case .adminCert: adminCert
        case .adminKey: adminKey
        case .clientCA: clientCA
        case .jwtSecretFile: jwtSecretFile
        case .insecureAnonymous: insecureAnonymous ? "true" : nil
        case .conformanceEcho: conformanceEcho ? "true" : nil
        case .node: node
        case .loops: loops
        case .shutdownDeadline: shutdownDeadline
        case .watchdog: watchdog
        case .logLevel: logLevel
        }
    }
}
