import FleetModel

extension Duration {
    /// For adding to a time of `SteadyClock`; a negative duration counts as none.
    var wholeNanoseconds: UInt64 { UInt64(max(0, wholeMicroseconds)) * 1_000 }
}
