/// What a worker tells its supervisor, as one line of JSON on its standard output, once it serves.
package struct WorkerReady: Sendable, Equatable, Codable {
    package var sharedPort: Int
    package var workerPort: Int
    package var adminSocket: String
}
