import AdminAPI
import FoundationEssentials
import Glibc

/// A worker's own audit chain: one JSON record a line, in a file that is only appended to and that its user alone
/// reads.
///
/// At `rotationSize` the file is set aside under the number of its last record, and the next one goes on with the
/// chain. Everything here blocks, on a thread of its own.
actor AuditFile {
    private let directory: String
    private let name: String
    private let rotationSize: Int
    private let keep: Int
    private let thread = AuditThread()
    private var open: OpenFile?
    /// Where this process left the chain, though somebody took the file away.
    private var written: AuditHead?

    /// Opened, and where its chain is.
    private struct OpenFile {
        var descriptor: Int32
        var size: Int
        var head: AuditHead
    }

    /// About 20,000 records.
    static let standardRotationSize = 16 << 20
    /// Files that are set aside; the oldest goes.
    static let standardKeep = 16

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    nonisolated var path: String { "\(directory)/\(name).jsonl" }

    init(
        directory: String, name: String, rotationSize: Int = standardRotationSize, keep: Int = standardKeep
    ) {
        self.directory = directory
        self.name = name
        self.rotationSize = rotationSize
        self.keep = keep
    }

    deinit {
        if let open { close(open.descriptor) }
    }

    /// Appends the event to the chain; on return it is on the disk.
    /// - Throws: `AuditFileFault`; nothing was appended then.
    func append(_ event: AuditEvent) throws {
        var file = try opened()
        if file.size >= rotationSize { file = try rotated(file) }
        let record = AuditRecord(event, after: file.head)
        let line = try AdminJSON.encode(record) + [UInt8(ascii: "\n")]
        do throws(AuditFileFault) {
            try write(line, to: file.descriptor)
        } catch {
            // What was written of the line is taken off; should that fail too, the next opening does it.
            ftruncate(file.descriptor, file.size)
            forget()
            throw error
        }
        let head = AuditHead(record, first: file.head.first)
        written = head
        open = OpenFile(descriptor: file.descriptor, size: file.size + line.count, head: head)
    }

    /// How far the chain is, and why it cannot be written to if so.
    func state() -> (sequence: Int, fault: String?) {
        do {
            return (try opened().head.sequence, nil)
        } catch {
            return (0, "\(error)")
        }
    }
}

// MARK: - Opening

extension AuditFile {
    private func opened() throws(AuditFileFault) -> OpenFile {
        if let open, isInPlace(open) { return open }
        forget()
        try makeDirectory()
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
        do throws(AuditFileFault) {
            let file = try resumed(descriptor)
            open = file
            return file
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Whether the path still leads to the open file: what is written to a removed one nobody would find.
    private func isInPlace(_ file: OpenFile) -> Bool {
        var (here, there) = (stat(), stat())
        return fstat(file.descriptor, &here) == 0 && stat(path, &there) == 0 && here.st_ino == there.st_ino
            && here.st_dev == there.st_dev
    }

    private func forget() {
        if let open { close(open.descriptor) }
        open = nil
    }

    private func makeDirectory() throws(AuditFileFault) {
        guard mkdir(directory, 0o700) != 0 else {
            // mkdir(2) takes the umask off the mode.
            chmod(directory, 0o700)
            return
        }
        guard errno == EEXIST else { throw AuditFileFault(directory, SystemError(code: errno).description) }
    }

    /// Finds where the chain is: at the last whole line of this file, or of the one set aside last.
    private func resumed(_ descriptor: Int32) throws(AuditFileFault) -> OpenFile {
        let content = try AuditLines.tail(of: descriptor, path)
        if content.size > content.wholeSize {
            // A line without its end was never acknowledged: the process died while writing it.
            ftruncate(descriptor, content.wholeSize)
        }
        guard let line = content.lastLine else {
            return OpenFile(descriptor: descriptor, size: 0, head: try headOfPredecessor())
        }
        return OpenFile(descriptor: descriptor, size: content.wholeSize, head: try Self.head(of: line, path))
    }

    private func headOfPredecessor() throws(AuditFileFault) -> AuditHead {
        if let written { return written }
        guard let last = setAside.last else { return .genesis }
        let path = "\(directory)/\(last.name)"
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
        defer { close(descriptor) }
        guard let line = try AuditLines.tail(of: descriptor, path).lastLine else { return .genesis }
        return try Self.head(of: line, path)
    }

    private static func head(of line: [UInt8], _ path: String) throws(AuditFileFault) -> AuditHead {
        do {
            return AuditHead(try AdminJSON.decode(AuditRecord.self, from: line), first: 1)
        } catch {
            throw AuditFileFault(path, "its last line is no audit record; look at it, and move the file away")
        }
    }
}

// MARK: - Writing

extension AuditFile {
    private func write(_ line: [UInt8], to descriptor: Int32) throws(AuditFileFault) {
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR else { throw AuditFileFault(path, SystemError(code: errno).description) }
                continue
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
    }

    private func rotated(_ file: OpenFile) throws(AuditFileFault) -> OpenFile {
        let target = "\(directory)/\(name).\(file.head.sequence).jsonl"
        guard rename(path, target) == 0 else { throw AuditFileFault(path, SystemError(code: errno).description) }
        forget()
        for old in setAside.dropLast(keep) { unlink("\(directory)/\(old.name)") }
        return try opened()
    }

    /// The files set aside, the oldest first.
    private var setAside: [(sequence: Int, name: String)] {
        // A directory that cannot be read has none to show; opening the file says why.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.compactMap { file in
            guard file.hasPrefix(name + "."), file.hasSuffix(".jsonl"),
                let sequence = Int(file.dropFirst(name.count + 1).dropLast(".jsonl".count))
            else { return nil }
            return (sequence, file)
        }.sorted { $0.sequence < $1.sequence }
    }
}

/// Why a worker's audit file cannot be written.
struct AuditFileFault: Error, Sendable, Equatable, CustomStringConvertible {
    let path: String
    let cause: String

    init(_ path: String, _ cause: String) {
        self.path = path
        self.cause = cause
    }

    var description: String { "\(path): \(cause)" }
}
