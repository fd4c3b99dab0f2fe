extension Worker {
    /// Does what the supervisor tells this worker while it runs.
    func obey(_ controls: AsyncStream<ControlLine>) async {
        for await line in controls {
            switch line {
            case .policy(let policy): await apply(policy)
            case .reloadCertificates: await reloadCertificates()
            }
        }
    }

    /// Brings the policy that holds from here on, for clients that are connected too.
    private func apply(_ policy: GatewayPolicy) async {
        breakers.apply(policy.breakers)
        await plane.apply(policy)
        station.apply(policy)
        logger.notice("policy applied")
    }

    private func reloadCertificates() async {
        do {
            try await plane.reloadCertificates()
            try await adminTLS?.load()
            logger.notice("certificate read again")
        } catch {
            logger.error("the certificate before stays in use", metadata: ["error": "\(error)"])
        }
    }
}
