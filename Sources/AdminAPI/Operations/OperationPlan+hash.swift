import Crypto
import FleetModel

extension OperationPlan {
    /// SHA-256 of the plan as `AdminJSON` writes it, in hexadecimal: both sides make it, and it names the plan in
    /// audits.
    package var hash: String {
        get throws {
            SHA256.hash(data: try AdminJSON.encode(self)).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }
    }

    /// What an operation with this plan is called: a plan is carried out once, so that its hash names the operation
    /// too.
    package static func operationID(planHash: String) -> String { String(planHash.prefix(operationIDLength)) }

    /// Twelve hexadecimal digits: short enough to be typed, and no two of the operations that are kept share them.
    private static let operationIDLength = 12
}
