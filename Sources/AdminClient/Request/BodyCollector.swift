import AdminAPI
import FleetModel

/// Collects a whole answer, up to a bound, and hands it on once.
final class BodyCollector: TransferReceiver {
    private var body: [UInt8] = []
    private var certificateEnds: UnixTime?
    private let done: (Result<AdminResponse, TransferFailure>) -> Void

    /// A page of 1,000 connections is about 300 KB; nothing of ours comes near this.
    static let maximumBody = 8 << 20

    init(done: @escaping (Result<AdminResponse, TransferFailure>) -> Void) {
        self.done = done
    }

    func receive(_ bytes: UnsafeRawBufferPointer, status: Int) throws(TransferFailure) {
        guard body.count + bytes.count <= Self.maximumBody else { throw .tooLarge }
        body.append(contentsOf: bytes)
    }

    func learn(certificateEnds: UnixTime) { self.certificateEnds = certificateEnds }

    func finish(status: Int, failure: TransferFailure?) {
        if let failure {
            done(.failure(failure))
        } else {
            done(.success(AdminResponse(status: status, body: body, certificateEnds: certificateEnds)))
        }
    }
}

extension AdminResponse {
    /// - Throws: what an answer that is no success says.
    package func checked() throws(TransferFailure) {
        guard (200..<300).contains(status) else {
            // A body that is no AdminError is somebody else's; the status then says what there is to say.
            throw .status(status, try? AdminJSON.decode(AdminError.self, from: body))
        }
    }

    /// Reads the body of a success; anything else becomes the failure it is.
    package func decoded<Value: Decodable>(as type: Value.Type) throws(TransferFailure) -> Value {
        try checked()
        do {
            return try AdminJSON.decode(type, from: body)
        } catch {
            throw .undecodable
        }
    }

    /// Reads the body of a success that is frames of samples.
    func samples() throws(TransferFailure) -> [SharedSample] {
        try checked()
        var samples: [SharedSample] = []
        var reader = SampleFrameReader()
        do {
            try body.withUnsafeBytes { try reader.feed($0) { samples.append($0) } }
        } catch {
            throw .notSamples("\(error)")
        }
        return samples
    }
}
