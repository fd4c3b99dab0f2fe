import AdminAPI
import FleetModel
import Terminal

/// Memory, traffic, clients and persistence of a Redis in a few lines.
struct RedisFacts {
    let details: RedisDetails
    let now: UnixTime

    /// Above this the allocator wastes much; below 1 memory is swapped out.
    private static let fragmentation = 1.0...1.5
    /// Of `maxmemory`, and of `maxclients`.
    private static let fullness = 0.8

    var lines: [PageLine] {
        [clients, memory, evictions, traffic, snapshot, log].compactMap { $0 }
    }

    private var clients: PageLine? {
        details.clients.map { clients in
            let isFull = Double(clients.connected) > Self.fullness * Double(max(1, clients.maximum))
            let words = RedisWords.clients(
                Figures.grouped(clients.connected), Figures.grouped(clients.maximum), Figures.grouped(clients.blocked))
            return .fact(RedisWords.clientsFact, words, isFull ? Style(.warning) : .normal)
        }
    }

    private var memory: PageLine? {
        details.memory.map { memory in
            let isFull = memory.maximum.map { Double(memory.used.bytes) > Self.fullness * Double($0.bytes) } ?? false
            // A small Redis is mostly the program itself.
            let isOdd = memory.used > .mebibytes(64) && !Self.fragmentation.contains(memory.fragmentation)
            return .fact(
                RedisWords.memoryFact, RedisWords.memory(memory), isFull || isOdd ? Style(.warning) : .normal)
        }
    }

    private var evictions: PageLine? {
        details.memory.map { memory in
            .fact(
                RedisWords.keysFact, RedisWords.evictions(memory, details.traffic),
                memory.evictedTotal > 0 ? Style(.warning) : .normal)
        }
    }

    private var traffic: PageLine? {
        details.traffic.map {
            .fact(RedisWords.trafficFact, RedisWords.traffic($0), $0.rejectedTotal > 0 ? Style(.warning) : .normal)
        }
    }

    private var snapshot: PageLine? {
        details.persistence.map { persistence in
            let age = persistence.snapshot.lastAt.map { Figures.span($0.duration(to: now)) }
            let isFine = persistence.snapshot.lastSucceeded && !persistence.isLoading
            return .fact(
                "RDB", RedisWords.snapshot(persistence, age), isFine ? .normal : Style(.critical))
        }
    }

    private var log: PageLine? {
        details.persistence.map { persistence in
            let log = persistence.log
            let isFine = !log.isEnabled || log.lastWriteSucceeded && log.lastRewriteSucceeded
            return .fact("AOF", RedisWords.log(log), isFine ? .normal : Style(.critical))
        }
    }
}
