import Redis
import Testing

@Suite("Redis URL")
struct RedisURLTests {
    @Test("host, port and database are read, and have their usual defaults")
    func parts() throws {
        #expect(try RedisURL("redis://db.internal") == RedisURL(host: "db.internal"))
        #expect(try RedisURL("redis://127.0.0.1:7000/3") == RedisURL(host: "127.0.0.1", port: 7000, database: 3))
        #expect(try RedisURL("redis://[::1]:7000/") == RedisURL(host: "::1", port: 7000))
        #expect(try RedisURL("rediss://h") == RedisURL(host: "h", usesTLS: true))
        #expect(try RedisURL("redis://[::1]") == RedisURL(host: "::1"))
    }

    @Test("user and password are read, percent-encoded or not, and the user may be left out")
    func credentials() throws {
        #expect(try RedisURL("redis://bob:s%40c:ret@h") == RedisURL(host: "h", user: "bob", password: "s@c:ret"))
        #expect(try RedisURL("redis://:secret@h:1/2") == RedisURL(host: "h", port: 1, password: "secret", database: 2))
        #expect(try RedisURL("redis://:a@b@h").password == "a@b")
    }

    @Test("the description shows no password")
    func description() throws {
        #expect(try "\(RedisURL("redis://bob:secret@h:7000/1"))" == "redis://h:7000/1")
        #expect(try "\(RedisURL("rediss://:secret@h"))" == "rediss://h:6379/0")
        #expect(try "\(RedisURL("redis://[::1]"))" == "redis://[::1]:6379/0")
    }

    @Test(
        "what is wrong is named, and the password is not repeated",
        arguments: [
            ("h:6379", "starts with redis://"), ("redis://", "host is missing"),
            ("redis://:secret@h:0", "port"), ("redis://h:x", "port"), ("redis://h/-1", "database"),
            ("redis://h/x", "database"), ("redis://secret@h", "no password"), ("redis://u:@h", "password is empty"),
            ("redis://:secret%4@h", "%"), ("redis://::1", "brackets"), ("redis://h?db=1", "query"),
        ])
    func problems(_ text: String, _ words: String) throws {
        let error = #expect(throws: RedisURLError.self) { try RedisURL(text) }
        #expect(error?.description.contains(words) == true)
        #expect(error?.description.contains("secret") == false)
    }
}
