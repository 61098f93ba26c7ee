import Foundation
import Schema
import Seeds
import Testing

@Suite struct UUIDv7Tests {
  /// The example of RFC 9562, appendix A.6.
  @Test func theStandardsExample() {
    let uuid = UUIDv7(at: Timestamp(milliseconds: 1_645_557_742_000), random: (0xCC3, 0x18C4_DC0C_0C07_398F))
    #expect(uuid.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(UUIDv7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == uuid)
  }

  @Test func versionAndVariantWhateverTheRandomBits() {
    for random in [(UInt64.min, UInt64.min), (.max, .max)] {
      let bytes = UUIDv7(at: Timestamp(milliseconds: 0xFFFF_FFFF_FFFF), random: random).bytes
      #expect(bytes[0..<6] == [255, 255, 255, 255, 255, 255])
      #expect(bytes[6] >> 4 == 7)
      #expect(bytes[8] >> 6 == 0b10)
    }
  }

  @Test func laterIsGreater() {
    var seed = Seed()
    for _ in 0..<2000 {
      let time = Int64.random(in: 0..<0xFFFF_FFFF_FFFF, using: &seed)
      let one = UUIDv7(at: Timestamp(milliseconds: time), random: (seed.next(), seed.next()))
      let next = UUIDv7(at: Timestamp(milliseconds: time + 1), random: (seed.next(), seed.next()))
      #expect(one < next, "\(seed)")
      #expect(one.description < next.description, "\(seed)")
      #expect(one.bytes.lexicographicallyPrecedes(next.bytes), "\(seed)")
      #expect(UUIDv7(one.description) == one)
      #expect(UUIDv7(bytes: one.bytes) == one)
    }
  }

  @Test func noTwoAlike() {
    #expect(Set((0..<10_000).map { _ in UUIDv7() }).count == 10_000)
  }

  @Test(arguments: [
    "", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
    "017f22e279b0-7cc3-98c4-dc0c-0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c0739é", "017f22e2-79b0-7cc3-98c4-dc0c0c0739\u{0660}",
  ])
  func notAnIdentifier(_ text: String) {
    #expect(UUIDv7(text) == nil)
  }

  @Test func sixteenBytes() {
    #expect(UUIDv7(bytes: [UInt8](repeating: 0, count: 15)) == nil)
    #expect(UUIDv7(bytes: [UInt8](repeating: 0, count: 17)) == nil)
    #expect(UUIDv7(bytes: [UInt8](repeating: 0, count: 16)) != nil)
  }
}
