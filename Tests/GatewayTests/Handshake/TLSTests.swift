import FleetModel
import Foundation
import NIOCore
import NIOSSL
import Testing
import WebSocket

@testable import Gateway

@Suite("Serving over TLS")
struct TLSTests {
    private static let mask = MaskingKey(1, 2, 3, 4)

    @Test("clients connect, publish, and get messages of any size")
    func serves() async throws {
        let certificate = try await TestCertificate()
        try await TestWorker.run(configure: { $0.tls = certificate.files }) { worker in
            for port in [worker.port, worker.plane.workerPort] {
                let (client, _) = try await TestClient.open(port: port, tls: try certificate.client())
                try await client.subscribe("r")
                let text = String(repeating: "x", count: 100_000)
                try await client.send(
                    #"{"event_type":"publish","data":{"event_type":"e","topic":"r","data":{"k":"\#(text)"}}}"#)
                var heard: [String] = []
                while heard.count < 2 { heard.append(try await client.envelope().eventType ?? "") }
                #expect(Set(heard) == ["published", "e"])
                try await client.send(FrameEncoder.close(.normal, mask: Self.mask))
                #expect(try await client.closeCode() == .normal)
                try await client.waitUntilEnded()
            }
        }
    }

    @Test("what is older than TLS 1.2 is refused and counted; 1.2 and 1.3 are served")
    func versions() async throws {
        let certificate = try await TestCertificate()
        try await TestWorker.run(configure: { $0.tls = certificate.files }) { worker in
            for version in [TLSVersion.tlsv12, .tlsv13] {
                let context = try certificate.client {
                    ($0.minimumTLSVersion, $0.maximumTLSVersion) = (version, version)
                }
                _ = try await TestClient.open(port: worker.port, tls: context)
            }
            let old = try certificate.client { ($0.minimumTLSVersion, $0.maximumTLSVersion) = (.tlsv1, .tlsv11) }
            await #expect(throws: (any Error).self) { try await TestClient.connect(port: worker.port, tls: old) }
            try await eventually("the failure is counted") { await worker.plane.snapshot().tlsFailuresTotal == 1 }
        }
    }

    @Test("plain HTTP is closed without an answer")
    func plain() async throws {
        let certificate = try await TestCertificate()
        try await TestWorker.run(configure: { $0.tls = certificate.files }) { worker in
            let client = try await TestClient.dribble(port: worker.port, "GET /ws/connect HTTP/1.1\r\n\r\n")
            try await client.waitUntilEnded()
            #expect(client.response.isEmpty)
        }
    }

    @Test("a client whose TLS handshake hangs, or that asks for nothing after it, is cut")
    func hanging() async throws {
        let certificate = try await TestCertificate()
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.tls = certificate.files
            configuration.policy.limits.handshakeTimeout = .milliseconds(200)
        }
        try await TestWorker.run(configure: configure) { worker in
            // The first bytes of a ClientHello whose rest never comes.
            let hung = try await TestClient.dribble(port: worker.port, "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}")
            try await hung.waitUntilEnded()
            let silent = try await TestClient.dribble(port: worker.port, "", tls: try certificate.client())
            try await silent.waitUntilEnded()
        }
    }

    @Test("bytes for a client that does not read are counted and bounded as without TLS")
    func backpressure() async throws {
        let certificate = try await TestCertificate()
        let broker = MemoryBroker()
        let configure = { (configuration: inout DataPlaneConfiguration) in
            configuration.tls = certificate.files
            configuration.policy.classes.bestEffort.queueBytes = .kibibytes(256)
        }
        try await TestWorker.run(broker, configure: configure) { worker in
            let (client, _) = try await TestClient.open(port: worker.port, tls: try certificate.client())
            try await client.channel.setOption(.autoRead, value: false).get()
            let text = String(repeating: "x", count: 4_000)
            try await eventually("messages are dropped") {
                for _ in 0..<100 { broker.publish(#"{"event_type":"e","data":"\#(text)"}"#, to: "gad:all") }
                return await worker.plane.snapshot().dropped.bestEffort > 0
            }
            let waiting = await worker.plane.snapshot().queueBytes
            #expect(waiting > .zero && waiting < .mebibytes(2))
            try await client.channel.setOption(.autoRead, value: true).get()
            try await eventually("what waited is taken") { await worker.plane.snapshot().queueBytes == .zero }
        }
    }

    @Test("a new pair holds for new clients and leaves the others alone; a wrong one is refused")
    func reload() async throws {
        let (first, second) = (try await TestCertificate(), try await TestCertificate())
        let (old, new) = (try first.client(), try second.client())
        try await TestWorker.run(configure: { $0.tls = first.files }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port, tls: old)
            try first.replaceCertificate(with: second)
            let fault = await #expect(throws: CertificateFault.self) { try await worker.plane.reloadCertificates() }
            #expect(fault?.problem == .otherKey(certificate: first.files.certificate))
            _ = try await TestClient.open(port: worker.port, tls: old)
            try first.replaceKey(with: second)
            try await worker.plane.reloadCertificates()
            _ = try await TestClient.open(port: worker.port, tls: new)
            await #expect(throws: (any Error).self) { try await TestClient.connect(port: worker.port, tls: old) }
            try await client.subscribe("still-here")
        }
    }
}

@Suite("Reading a certificate")
struct ServerCertificateTests {
    private let now = WallClock.now()

    @Test("a fault names the file and what is wrong with it")
    func faults() async throws {
        let certificate = try await TestCertificate()
        let files = certificate.files
        let cases: [(TLSFiles, String, CertificateFault.Problem)] = [
            (
                TLSFiles(certificate: "/nowhere.pem", key: files.key), "/nowhere.pem",
                .unreadable("there is no such file")
            ),
            (
                TLSFiles(certificate: files.certificate, key: "/nowhere.key"), "/nowhere.key",
                .unreadable("there is no such file")
            ),
            (TLSFiles(certificate: files.key, key: files.key), files.key, .noCertificate),
            (TLSFiles(certificate: files.certificate, key: files.certificate), files.certificate, .noKey),
        ]
        for (wrong, file, problem) in cases {
            let fault = #expect(throws: CertificateFault.self) { try ServerCertificate(wrong, now: now) }
            #expect(fault == CertificateFault(file, problem))
        }
    }

    @Test("a certificate is refused outside its time")
    func time() async throws {
        let certificate = try await TestCertificate()
        let late = #expect(throws: CertificateFault.self) {
            try ServerCertificate(certificate.files, now: now.advanced(by: .seconds(3 * 86_400)))
        }
        #expect(late?.description.contains("expired at") == true)
        let early = #expect(throws: CertificateFault.self) {
            try ServerCertificate(certificate.files, now: now.advanced(by: .seconds(-86_400)))
        }
        #expect(early?.description.contains("not valid before") == true)
    }
}
