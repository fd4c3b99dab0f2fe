import AdminAPI
import FleetModel

/// Decodes one worker's stream of samples as it arrives.
final class SampleStream: TransferReceiver {
    private var reader = SampleFrameReader()
    private let worker: WorkerID
    private unowned let loop: FleetLoop
    private var refusal: [UInt8] = []

    /// The start of a refusal's body that is kept to be shown.
    private static let maximumRefusal = 4096

    init(of worker: WorkerID, for loop: FleetLoop) {
        self.worker = worker
        self.loop = loop
    }

    func receive(_ bytes: UnsafeRawBufferPointer, status: Int) throws(TransferFailure) {
        guard status == 200 else {
            refusal.append(contentsOf: bytes.prefix(Self.maximumRefusal - refusal.count))
            return
        }
        do {
            try reader.feed(bytes) { try loop.heard($0, from: worker) }
        } catch let failure as TransferFailure {
            throw failure
        } catch {
            throw .notSamples("\(error)")
        }
    }

    func finish(status: Int, failure: TransferFailure?) {
        loop.ended(worker, failure ?? reasonForEnd(status: status))
    }

    private func reasonForEnd(status: Int) -> TransferFailure {
        // A body that is no AdminError is somebody else's; the status then says what there is to say.
        status == 200 ? .closed : .status(status, try? AdminJSON.decode(AdminError.self, from: refusal))
    }
}
