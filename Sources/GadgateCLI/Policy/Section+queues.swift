import Gateway

extension FileSection where Value == QueuePolicy {
    static let queues = FileSection([
        Field("worker_bytes", \.workerBytes, .size(.mebibytes(1)...(.mebibytes(65_536)))),
        Field("intake_bytes", \.intakeBytes, .size(.mebibytes(1)...(.mebibytes(16_384)))),
    ])
}
