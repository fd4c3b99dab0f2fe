import Console
import FleetModel

/// Recording to a file of the operator's own.
extension ConsoleRunner {
    func record(to path: String, _ link: ConsoleLink) {
        do {
            link.recording = try RecordingDesk(path: ExportFile.expanded(path, environment), fleet: model.fleetName)
        } catch {
            update(.recording(.failed(SafeText(String(describing: error)))), link)
        }
    }

    func hearRecording(_ link: ConsoleLink) {
        for news in link.recording?.takeNews() ?? [] {
            switch news {
            case .wrote(let size, _): update(.recording(.wrote(size)), link)
            case .ended(let size, _):
                link.recording = nil
                update(.recording(.wrote(size)), link)
                update(.recording(.ended), link)
            case .failed(let failure):
                link.recording = nil
                update(.recording(.failed(SafeText(failure.description))), link)
            }
        }
    }
}
