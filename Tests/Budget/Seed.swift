import FoundationEssentials

/// Random numbers that come again with the same seed: `XASO_SEED`, or a new one, printed.
struct Seed: RandomNumberGenerator {
  private var state: UInt64

  init(_ test: String) {
    state = ProcessInfo.processInfo.environment["XASO_SEED"].flatMap(UInt64.init) ?? .random(in: .min ... .max)
    print("\(test): XASO_SEED=\(state)")
  }

  init(state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
