import FoundationEssentials

/// Random numbers that come again with the same seed: `XASO_SEED`, or a new one.
struct Seed: RandomNumberGenerator {
  /// What to set to have the same run again.
  let value: UInt64
  private var state: UInt64

  init() {
    self.init(ProcessInfo.processInfo.environment["XASO_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999))
  }

  private init(_ value: UInt64) {
    self.value = value
    state = value
  }

  /// A stream of its own for one of several who draw at the same time.
  func split(_ index: Int) -> Seed {
    var other = Seed(value ^ UInt64(index + 1) &* 0x2545_F491_4F6C_DD1D)
    _ = other.next()
    return other
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
