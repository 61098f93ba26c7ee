import FoundationEssentials
import Glibc

/// Kills processes while others work, and starts them again.
struct Faults {
  /// Every process by itself, and every two of them.
  static let combinations: Set<Set<String>> = {
    let all = House.all.enumerated()
    return Set(all.flatMap { index, one in House.all[index...].map { [one, $0] } })
  }()

  private let house: House
  private var seed: Seed
  /// Those that have not been killed yet.
  private var due: [Set<String>]
  /// Those that were killed at once, and how often.
  private(set) var strikes: [Set<String>: Int] = [:]
  /// From the first start after a strike until all answer.
  private(set) var slowest = Duration.zero

  init(on house: House, _ seed: Seed) {
    self.house = house
    self.seed = seed
    // A set's own order is another one in every run.
    due = Self.combinations.sorted { $0.sorted().joined() < $1.sorted().joined() }.shuffled(using: &self.seed)
  }

  var isComplete: Bool { due.isEmpty }

  /// What is due, else one, two or three of them; down for a moment; back in any order.
  mutating func strike() async throws {
    let victims = due.popLast() ?? Set(House.all.shuffled(using: &seed).prefix(Int.random(in: 1...3, using: &seed)))
    var order = victims.sorted().shuffled(using: &seed)
    guard order.allSatisfy({ house.pid(of: $0) != nil }) else { throw CallFailure("not all run of \(order)", 0) }
    try house.kill(order)
    strikes[victims, default: 0] += 1
    // The fault itself lasts: nothing is waited for.
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...150, using: &seed)))
    order.shuffle(using: &seed)
    let start = ContinuousClock.now
    for victim in order { try house.start(victim) }
    for name in House.all { try await house.health(of: name) }
    slowest = max(slowest, .now - start)
  }
}
