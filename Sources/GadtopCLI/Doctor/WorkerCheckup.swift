import AdminAPI
import AdminClient
import FleetModel

/// Asks one worker how it is, who we are to it, and whether it can write its audit.
struct WorkerCheckup {
    let client: AdminClient
    let endpoint: AdminEndpoint

    /// A plan is refused when it is older than a minute by the workers' clocks.
    private static let tolerableSkew: Duration = .seconds(2)
    private static let greatestSkew: Duration = .seconds(30)

    private var worker: SafeText { SafeText(endpoint.worker) }

    func findings() async -> [DoctorFinding] {
        let before = UnixTime.now
        let access: AdminResponse
        do {
            access = try await client.response(to: AdminRequest(endpoint, .get, .access))
        } catch {
            return [
                .fail("worker \(worker)", SafeText(error.failure.reason), mend: Self.mend(error.failure))
            ]
        }
        let certificate = access.certificateEnds.map {
            FileCheckup(now: before).certificate("certificate of \(worker)", $0, "")
        }
        return [role(access), certificate].compactMap { $0 } + (await health()) + [await audit()]
    }

    private func role(_ response: AdminResponse) -> DoctorFinding {
        let subject: SafeText = "access to \(worker)"
        let report: AccessReport
        do {
            report = try response.decoded(as: AccessReport.self)
        } catch {
            return .fail(subject, SafeText(error.reason), mend: "use gadtop and gadgate of one version")
        }
        let identity = SafeText(report.identity)
        guard let granted = report.granted else {
            return .fail(
                subject, "you are \(identity), whom no rule names",
                mend: "have a rule added under admin.access in its gadgate.yaml")
        }
        let role = SafeText(granted.rawValue)
        guard let effective = report.effective, effective < granted else {
            return .ok(subject, "you are \(identity), \(role)")
        }
        return .ok(subject, "you are \(identity), \(role), here as \(SafeText(effective.rawValue))")
    }

    private func health() async -> [DoctorFinding] {
        let asked = UnixTime.now
        do {
            let sample = try await client.value(of: WorkerSample.self, from: AdminRequest(endpoint, .get, .stats))
            return [redis(sample), clock(sample, asked: asked, answered: .now)]
        } catch {
            return [.fail("state of \(worker)", SafeText(error.failure.reason), mend: Self.mend(error.failure))]
        }
    }

    private func redis(_ sample: WorkerSample) -> DoctorFinding {
        let subject: SafeText = "Redis of \(worker)"
        let primary = sample.redisPrimary.isEmpty ? "Redis" : SafeText(sample.redisPrimary)
        let mend: SafeText = "look at Redis, and at the gateway's log: gadtop get breakers tells why"
        switch sample.redisBreaker {
        case .open: return .fail(subject, "\(primary) is not reached: a breaker is open", mend: mend)
        case .halfOpen: return .warning(subject, "\(primary) is tried again after failures", mend: mend)
        case .closed:
            if let degraded = sample.degraded {
                return .fail(subject, "\(primary): \(SafeText(degraded))", mend: mend)
            }
            return .ok(subject, "\(primary) is reached")
        }
    }

    private func clock(_ sample: WorkerSample, asked: UnixTime, answered: UnixTime) -> DoctorFinding {
        Self.clock("clock of \(worker)", ahead: Self.skew(sample.time, asked: asked, answered: answered))
    }

    /// How far a worker's clock is ahead of ours beyond what the exchange itself explains.
    static func skew(_ time: UnixTime, asked: UnixTime, answered: UnixTime) -> Duration {
        // A sample may be a moment old when it is asked for.
        let oldest = asked.advanced(by: .milliseconds(-200))
        if time < oldest { return .zero - time.duration(to: oldest) }
        return time > answered ? answered.duration(to: time) : .zero
    }

    static func clock(_ subject: SafeText, ahead: Duration) -> DoctorFinding {
        let size = ahead < .zero ? .zero - ahead : ahead
        guard size > tolerableSkew else { return .ok(subject, "agrees with this machine's") }
        let words: SafeText =
            "\(Figures.wait(size)) \(ahead < .zero ? "behind" as SafeText : "ahead of") this machine's"
        let mend: SafeText = "have both set by NTP: timedatectl set-ntp true"
        return size > greatestSkew ? .fail(subject, words, mend: mend) : .warning(subject, words, mend: mend)
    }

    private func audit() async -> DoctorFinding {
        let subject: SafeText = "audit of \(worker)"
        do {
            let page = try await client.value(
                of: AuditPage.self, from: AdminRequest(endpoint, .get, .audit, query: "limit=1"))
            if let fault = page.trail.fault {
                return .fail(
                    subject, "its file cannot be written, so every change is refused: \(SafeText(fault))",
                    mend: "free the disk or mend the permissions there")
            }
            guard page.trail.waiting == 0 else {
                return .warning(
                    subject, "\(page.trail.waiting) records wait for Redis", mend: "look at Redis; nothing is lost")
            }
            return .ok(subject, "written, \(page.head.sequence) records in the fleet's chain")
        } catch {
            return .fail(subject, SafeText(error.failure.reason), mend: Self.mend(error.failure))
        }
    }

    private static func mend(_ failure: TransferFailure) -> SafeText {
        switch failure {
        case .denied: "join the group that owns the run directory, or run gadtop as its owner"
        case .untrusted: "compare the context's ca, cert and key with the worker's --client-ca and --admin-cert"
        case .status(403, _): "have a role granted under admin.access in its gadgate.yaml"
        case .timedOut, .late, .silent: "look whether the process hangs or the machine is overloaded"
        case .refused, .noSocket, .closed: "look whether the worker runs: gadgate's log"
        case .pathTooLong: "use a shorter --run-dir"
        case .notHTTP, .tooLarge, .notSamples, .undecodable: "use gadtop and gadgate of one version"
        case .status, .other: "look at gadgate's log"
        }
    }
}
