import AdminAPI
import AdminClient

/// How long those are waited for that answer last.
struct Patience: Sendable {
    /// Once so many answers are here, …
    let answered: @Sendable (_ asked: Int) -> Int
    /// … the others have this long.
    let rest: Duration

    /// As long as each request takes.
    static let forAll = Patience(answered: { $0 }, rest: .zero)
    /// One worker in ten may hang without delaying a look at a large fleet; of fewer than ten, all are waited for.
    static let forMost = Patience(answered: { $0 - $0 / 10 }, rest: .milliseconds(150))
}

extension AdminClient {
    /// Asks several workers the same at once.
    /// - Parameter patience: cuts short the requests that end with their task.
    /// - Returns: an answer for each, in the order of `endpoints`.
    func ask<Value: Sendable>(
        _ endpoints: [AdminEndpoint], with patience: Patience = .forAll,
        _ question: @escaping @Sendable (AdminClient, AdminEndpoint) async throws(AdminFailure) -> Value
    ) async -> [(AdminEndpoint, Result<Value, AdminFailure>)] {
        typealias Answer = (index: Int, result: Result<Value, AdminFailure>)
        var answers: [Int: Result<Value, AdminFailure>] = [:]
        await withTaskGroup(of: Answer?.self) { group in
            for (index, endpoint) in endpoints.enumerated() {
                group.addTask {
                    do throws(AdminFailure) {
                        return (index, .success(try await question(self, endpoint)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            let enough = patience.answered(endpoints.count)
            while answers.count < endpoints.count, let next = await group.next() {
                // The time of the last ones is over.
                guard let answer = next else { group.cancelAll(); continue }
                answers[answer.index] = answer.result
                guard answers.count == enough, enough < endpoints.count else { continue }
                group.addTask {
                    // Cancelled when all have answered before.
                    try? await Task.sleep(for: patience.rest)
                    return nil
                }
            }
            group.cancelAll()
        }
        return endpoints.indices.compactMap { index in answers[index].map { (endpoints[index], $0) } }
    }
}
