import FleetModel

extension PageKind {
    /// A new page of this kind, as the operator wants its table.
    func page(_ preferences: Preferences) -> any ConsolePage {
        var page = page
        if var table = page.table {
            table.preferences = preferences.tables[rawValue] ?? TableState.Preferences()
            page.table = table
        }
        return page
    }

    private var page: any ConsolePage {
        switch self {
        case .fleet: FleetPage()
        case .operations: OperationsPage()
        case .events: EventsPage()
        case .help: HelpPage()
        case .worker: WorkerPage(WorkerID(""))
        case .latency: LatencyPage()
        case .churn: ChurnPage()
        case .rooms: RoomsPage()
        case .connections: ConnectionsPage()
        case .breakers: BreakersPage()
        case .redis: RedisPage()
        case .audit: AuditTablePage()
        case .throttles: ThrottlesPage()
        case .alerts, .runbooks:
            ReservedPage(kind: self)
        }
    }
}
