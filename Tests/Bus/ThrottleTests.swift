import Bus
import Testing
import ZeroMQ

@Suite("A throttle")
struct ThrottleTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("lets so many of a key through in a second, and tells of those it held back") func second() {
    var throttle = Throttle(perSecond: 3)
    let (lan, hoa) = (CurveKeys.generate().publicKey, CurveKeys.generate().publicKey)
    #expect((0..<5).map { throttle.pass(lan, at: 10 * Self.second + $0) } == [0, 0, 0, nil, nil])
    #expect(throttle.pass(hoa, at: 10 * Self.second + 9) == 0, "one key does not use up another's share")
    #expect(throttle.pass(nil, at: 10 * Self.second + 9) == 0)
    #expect(throttle.pass(lan, at: 11 * Self.second) == 2)
    #expect(throttle.pass(lan, at: 11 * Self.second) == 0)
  }
}
