import AdminAPI
import AdminClient
import FleetModel

/// Asks one worker how it is, who we are to it, and whether it can write its audit.
struct WorkerCheckup {
    let client: AdminClient
    let endpoint: AdminEndpoint

    private var worker: SafeText { SafeText(endpoint.worker) }

    struct Result: Sendable {
        var findings: [DoctorFinding]
        /// How far the worker's clock is ahead of ours; nil where it was not told.
        var skew: ClockSkew?
        var isReached = true
    }

    func result() async -> Result {
        let before = UnixTime.now
        let access: AdminResponse
        do {
            access = try await client.response(to: AdminRequest(endpoint, .get, .access))
        } catch {
            let finding = DoctorFinding.fail(
                "worker \(worker)", SafeText(error.failure.reason), mend: Self.mend(error.failure))
            return Result(findings: [finding], isReached: false)
        }
        let certificate = access.certificateEnds.map {
            FileCheckup(now: before).certificate("certificate of \(worker)", $0, "")
        }
        let (state, skew) = await health()
        let findings = [role(access), certificate].compactMap { $0 } + [state, await audit()]
        return Result(findings: findings, skew: skew)
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

    private func health() async -> (DoctorFinding, ClockSkew?) {
        let asked = UnixTime.now
        do {
            let sample = try await client.value(of: WorkerSample.self, from: AdminRequest(endpoint, .get, .stats))
            let skew = ClockSkew(of: endpoint.worker, showing: sample.time, asked: asked, answered: .now)
            return (redis(sample), skew)
        } catch {
            return (.fail("state of \(worker)", SafeText(error.failure.reason), mend: Self.mend(error.failure)), nil)
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
