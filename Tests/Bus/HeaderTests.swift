import Foundation
import Schema
import Testing

@testable import Bus

/// The goldens are bytes that another implementation can be checked against: they never change.
@Suite("The header", .timeLimit(.minutes(60)))
struct HeaderTests {
  private static let key = UUIDv7(high: 0x0199_A0B1_C2D3_7E4F, low: 0x8A9B_ACBD_CEDF_E0F1)
  private static let keyBytes = "0199a0b1c2d37e4f 8a9bacbdcedfe0f1"

  private static let request = RequestHeader(
    correlation: 0x0102_0304_0506_0708, key: key, attempt: 3, ttl: 10_000, expected: 7, trace: 0x1122_3344_5566_7788)
  private static let requestBytes =
    "585342 01 01 00 00 03 0102030405060708 \(keyBytes) 00002710 00000007 1122334455667788"

  @Test("a request") func request() throws {
    #expect(Self.request.bytes == bytes(Self.requestBytes))
    #expect(try RequestHeader(bytes(Self.requestBytes)) == Self.request)
  }

  @Test("a reply") func reply() throws {
    let reply = ReplyHeader(to: Self.request, status: .tooMany, afterMilliseconds: 250, sequence: 0x0A0B)
    let golden = "585342 01 02 00 00 03 0102030405060708 \(Self.keyBytes) 01ad 02 00 000000fa 0000000000000a0b"
    #expect(reply.bytes == bytes(golden))
    #expect(try ReplyHeader(bytes(golden)) == reply)
  }

  @Test("an event and a head") func event() throws {
    let rest = "\(Self.keyBytes) \(String(repeating: "00", count: 16))"
    for (isHead, kind) in [(false, "03"), (true, "04")] {
      let header = EventHeader(isHead: isHead, sequence: 0x00FF_0001, epoch: Self.key)
      let golden = "585342 01 \(kind) 00 00 00 0000000000ff0001 \(rest)"
      #expect(header.bytes == bytes(golden))
      #expect(try EventHeader(bytes(golden)) == header)
    }
  }

  @Test("every field at its ends", arguments: [0, UInt64.max]) func ends(_ value: UInt64) throws {
    let key = UUIDv7(high: value, low: value)
    let header = RequestHeader(
      correlation: value, key: key, attempt: UInt8(truncatingIfNeeded: value), ttl: UInt32(truncatingIfNeeded: value),
      expected: UInt32(truncatingIfNeeded: value), trace: value)
    #expect(try RequestHeader(header.bytes) == header)
    for status in Status.allCases {
      let reply = ReplyHeader(
        to: header, status: status, afterMilliseconds: UInt32(truncatingIfNeeded: value), sequence: value)
      #expect(try ReplyHeader(reply.bytes) == reply)
    }
  }

  @Test("each code says in the header what may be done after it", arguments: Status.allCases)
  func retry(_ status: Status) {
    #expect(ReplyHeader(to: Self.request, status: status).bytes[34] == status.retry.rawValue)
  }

  @Test("flags, minor version and reserved bytes of a newer peer are passed over") func newer() throws {
    var bytes = Self.request.bytes
    (bytes[5], bytes[6]) = (0xFF, 0xFF)
    #expect(try RequestHeader(bytes) == Self.request)
  }

  @Test(
    "a code that we do not know is taken for its class", arguments: [(418, 422), (499, 422), (520, 500), (999, 500)])
  func unknownCode(_ code: UInt16, _ meaning: UInt16) throws {
    var bytes = ReplyHeader(to: Self.request, status: .ok).bytes
    (bytes[32], bytes[33]) = (UInt8(code >> 8), UInt8(code & 255))
    #expect(try ReplyHeader(bytes).status.rawValue == meaning)
  }

  @Test("wrong lengths", arguments: [0, 1, 3, 16, 47, 49, 96, 1000]) func length(_ count: Int) {
    let bytes = Array((Self.request.bytes + [UInt8](repeating: 0, count: 1000)).prefix(count))
    #expect(throws: Header.Fault.length) { try RequestHeader(bytes) }
    #expect(throws: Header.Fault.length) { try ReplyHeader(bytes) }
    #expect(throws: Header.Fault.length) { try EventHeader(bytes) }
  }

  @Test("wrong magic", arguments: 0..<3) func magic(_ place: Int) {
    var bytes = Self.request.bytes
    bytes[place] ^= 0x20
    #expect(throws: Header.Fault.magic) { try RequestHeader(bytes) }
  }

  @Test("a header of another kind is none", arguments: UInt8.min...UInt8.max) func kind(_ kind: UInt8) {
    var bytes = Self.request.bytes
    bytes[4] = kind
    #expect((try? RequestHeader(bytes)) == (kind == 1 ? Self.request : nil))
    #expect(((try? ReplyHeader(bytes)) != nil) == (kind == 2))
    #expect(((try? EventHeader(bytes)) != nil) == (kind == 3 || kind == 4))
  }

  @Test("another major version tells whom to answer", arguments: [0, 2, 255] as [UInt8]) func major(_ major: UInt8) {
    var bytes = Self.request.bytes
    bytes[3] = major
    #expect(throws: Header.Fault.major(correlation: Self.request.correlation, key: Self.key)) {
      try RequestHeader(bytes)
    }
  }

  @Test("a sequence that no store can have is refused") func sequence() {
    var bytes = EventHeader(sequence: .max, epoch: Self.key).bytes
    bytes[8] = 0x80
    #expect(throws: Header.Fault.kind) { try EventHeader(bytes) }
  }

  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter { $0 != " " }.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
