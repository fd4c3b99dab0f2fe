import Synchronization

/// A value that comes from elsewhere, once: what comes after the first counts for nothing.
final class Awaited<Value: Sendable>: Sendable {
    private enum State {
        case nobody
        case waiting(CheckedContinuation<Value, Never>)
        case here(Value)
        case done
    }

    private let state = Mutex(State.nobody)

    func wait(with continuation: CheckedContinuation<Value, Never>) {
        let value: Value? = state.withLock { state in
            guard case .here(let value) = state else {
                state = .waiting(continuation)
                return nil
            }
            state = .done
            return value
        }
        if let value { continuation.resume(returning: value) }
    }

    func come(_ value: Value) {
        let waiting: CheckedContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .nobody: state = .here(value)
            case .waiting(let continuation):
                state = .done
                return continuation
            case .here, .done: break
            }
            return nil
        }
        waiting?.resume(returning: value)
    }
}
