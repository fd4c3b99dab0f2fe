import FleetModel

extension LoadReport {
    /// A line for each class that had messages, when there was more than one.
    var classLines: [String] {
        let used = Criticality.allCases.filter { classes[$0].published + classes[$0].unconfirmed > 0 }
        guard used.count > 1 else { return [] }
        return used.map { criticality in
            let (name, report) = (criticality.rawValue, classes[criticality])
            let account = report.deliveries
            return "  \(name)".padded(to: 17) + "\(report.published) published, \(account.received) received,"
                + " \(account.lost) lost, \(account.duplicates) duplicates, \(account.outOfOrder) out of order,"
                + " \(report.latency.text)"
        }
    }

    var resilienceLines: [String] { resumeLines + stormLines + stuckLines }

    private var resumeLines: [String] {
        guard !resumes.isEmpty else { return [] }
        return [
            "resumes          \(resumes.recovered) recovered, \(resumes.notRecovered) not recovered,"
                + " \(resumes.refused) refused; \(resumes.replaysReceived) messages by replay"
                + " of \(resumes.replaysAnnounced) announced, \(resumes.acknowledged) acknowledged",
            "  not recovered  \(deliveries.notRecovered) messages",
        ]
    }

    private var stormLines: [String] {
        guard let storm else { return [] }
        return [
            "storm            \(storm.dropped) dropped, \(storm.returned) back within "
                + "\(storm.allBack.inSeconds.tenths) s, \(storm.perSecond.tenths)/s, \(storm.refusals) answered 503",
            "  absence        " + storm.absence.text,
        ]
    }

    private var stuckLines: [String] {
        guard let stuck else { return [] }
        return ["stuck            \(stuck.clients) clients, \(stuck.ended) of them closed by the server"]
    }
}
