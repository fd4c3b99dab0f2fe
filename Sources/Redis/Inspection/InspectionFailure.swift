/// Why a part of what was asked of the primary is not known.
package enum InspectionFailure: Error, Equatable, CustomStringConvertible {
    case redis(RedisError)
    /// Redis would hold up everybody else while it lists them all.
    case tooMany(String, count: Int, limit: Int)

    init(_ error: any Error) {
        self = error as? InspectionFailure ?? .redis(error as? RedisError ?? .connectionLost("\(error)"))
    }

    package var description: String {
        switch self {
        case .redis(let error): "\(error)"
        case .tooMany(let what, let count, let limit): "\(count) \(what) are more than the \(limit) that are asked for"
        }
    }
}
