import FoundationEssentials

/// Random numbers that can be had again: a failing test names its seed, `XASO_SEED` repeats it.
public struct Seed: RandomNumberGenerator, CustomStringConvertible, Sendable {
  private let start: UInt64
  private var state: UInt64

  public init(_ test: String = #function) {
    self.init(
      start: ProcessInfo.processInfo.environment["XASO_SEED"].flatMap(UInt64.init) ?? .random(in: .min ... .max))
    // Printed at once: what crashes reports nothing afterwards.
    print("\(test): \(self)")
  }

  private init(start: UInt64) {
    self.start = start
    state = start
  }

  public var description: String { "XASO_SEED=\(start)" }

  /// A stream of its own for one of several who draw at the same time.
  public func split(_ index: Int) -> Seed {
    var other = Seed(start: start ^ UInt64(index + 1) &* 0x2545_F491_4F6C_DD1D)
    _ = other.next()
    return other
  }

  /// SplitMix64.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
