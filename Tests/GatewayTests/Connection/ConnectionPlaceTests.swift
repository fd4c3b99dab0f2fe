import AdminAPI
import Testing

@testable import Gateway

@Suite("Places in a list of connections")
struct ConnectionPlaceTests {
    @Test("a cursor says where a page ended, in its own order only", arguments: ConnectionListOrder.allCases)
    func cursors(_ order: ConnectionListOrder) {
        let place = ConnectionPlace(key: -5, id: RandomID())
        for other in ConnectionListOrder.allCases {
            #expect(ConnectionPlace(cursor: place.cursor(order), other) == (other == order ? place : nil))
        }
    }

    @Test("what is no cursor is none", arguments: ["", "queue", "queue@1", "queue@x@y", "queue@1@y", "queue@1@2@3"])
    func nonsense(_ text: String) {
        #expect(ConnectionPlace(cursor: text, .queue) == nil)
    }
}
