import FoundationEssentials
import Glibc

/// Kills processes while others work, and starts them again.
struct Faults {
  private let house: House
  private var seed: Seed
  private(set) var kills: [String: Int] = [:]
  private(set) var strikes = 0
  /// From the first start after a strike until all answer.
  private(set) var slowest = Duration.zero

  init(on house: House, _ seed: Seed) {
    self.house = house
    self.seed = seed
  }

  /// One, two, or all at once; down for a moment; back in any order.
  mutating func strike() async throws {
    var victims = Array(House.all.shuffled(using: &seed).prefix([1, 1, 2, 2, 3].randomElement(using: &seed) ?? 1))
    try house.kill(victims)
    strikes += 1
    for victim in victims { kills[victim, default: 0] += 1 }
    // The fault itself lasts: nothing is waited for.
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...150, using: &seed)))
    victims.shuffle(using: &seed)
    let start = ContinuousClock.now
    for victim in victims { try house.start(victim) }
    for victim in House.all { try await house.health(of: victim) }
    slowest = max(slowest, .now - start)
  }
}
