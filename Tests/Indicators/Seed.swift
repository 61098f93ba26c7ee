import FoundationEssentials

/// Random numbers that can be had again: a failing test names its seed, `XASO_SEED` repeats it.
struct Seed: RandomNumberGenerator, CustomStringConvertible {
  let start: UInt64
  private var state: UInt64

  init(_ test: String = #function) {
    let given = ProcessInfo.processInfo.environment["XASO_SEED"].flatMap { UInt64($0) }
    start = given ?? .random(in: .min ... .max)
    state = start
    // Printed at once: what crashes reports nothing afterwards.
    print("\(test): \(self)")
  }

  var description: String { "XASO_SEED=\(start)" }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
