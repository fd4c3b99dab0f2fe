import CNcurses
import Glibc

/// Gives the terminal back when the process ends without `close`: by a crash, or by `exit` from elsewhere.
///
/// What is written is prepared while all is well, since a signal handler may neither allocate nor call curses
/// (POSIX.1-2017, 2.4.3). The signal is then raised again for whoever handled it before, such as Swift's backtracer.
enum CrashRestore {
    private static let signals = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGTRAP, SIGFPE]

    /// Takes effect until `disarm`; called again, it replaces what is written.
    static func arm(sequence: [UInt8], modes: termios) {
        prepared.pointee.disarm()
        prepared.pointee.fill(sequence, modes)
        guard !prepared.pointee.installed else { return }
        prepared.pointee.installed = true
        giveAlternateStack()
        for signal in signals { install(signal) }
        atexit { prepared.pointee.restore() }
    }

    static func disarm() { prepared.pointee.disarm() }

    /// A stack overflow leaves no room for the handler on the stack that overflowed.
    private static func giveAlternateStack() {
        var current = stack_t()
        guard sigaltstack(nil, &current) == 0, current.ss_flags & Int32(SS_DISABLE) != 0 else { return }
        var stack = stack_t()
        stack.ss_size = 64 * 1024
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stack.ss_size, alignment: 16)
        sigaltstack(&stack, nil)
    }

    private static func install(_ signal: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            prepared.pointee.restore()
            prepared.pointee.reinstate(signal)
            raise(signal)
        }
        action.sa_flags = Int32(SA_ONSTACK)
        sigaction(signal, &action, prepared.pointee.previous + Int(signal))
    }
}

/// Plain memory that a signal handler can read.
private struct PreparedRestore {
    /// The longest sequence kept; xterm's is under 40 bytes.
    private static let capacity = 256

    let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: Int(NSIG))
    var installed = false
    private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    private var count = 0
    private var modes = termios()
    private var armed = false

    mutating func fill(_ sequence: [UInt8], _ modes: termios) {
        count = min(sequence.count, Self.capacity)
        bytes.update(from: sequence, count: count)
        self.modes = modes
        armed = true
    }

    mutating func disarm() { armed = false }

    mutating func restore() {
        guard armed else { return }
        armed = false
        _ = write(STDOUT_FILENO, bytes, count)
        tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    }

    func reinstate(_ signal: Int32) { sigaction(signal, previous + Int(signal), nil) }
}

/// Written by the main thread while nothing has crashed, read by a handler when it has. Behind a pointer, because Swift
/// checks exclusive access to a global at run time, which a handler may interrupt; `arm` is the first to touch it.
nonisolated(unsafe) private let prepared: UnsafeMutablePointer<PreparedRestore> = {
    let memory = UnsafeMutablePointer<PreparedRestore>.allocate(capacity: 1)
    memory.initialize(to: PreparedRestore())
    return memory
}()
