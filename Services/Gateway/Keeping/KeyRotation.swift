import Bus
import FoundationEssentials
import Schema
import Storage
import ZeroMQ

/// A person's own key, replaced by a new one that is made here and never leaves this machine.
///
/// Beside the key, `.next` is the new pair until it has been tried, and `.old` the old one until it is withdrawn:
/// whenever this is interrupted, the profile works, and the next try goes on where it stopped.
struct KeyRotation {
  private let profile: Profile
  private let path: String

  init(_ profilePath: String) throws {
    profile = try Profile.load(from: profilePath).0
    path = profile.keyPath(beside: profilePath)
  }

  func run() async throws -> AccountSummary {
    if let account = try await withdrawOld() { return account }
    let (current, next) = (try CurveKeys.load(from: path), try nextPair())
    let request = AddKey(key: try next.publicKey.asIdentityKey)
    _ = try await Session.with(profile, current) { try await $0.ask(request, in: nil) }
    // By the new key: what it cannot do yet would otherwise be known only when the old one is gone.
    _ = try await Session.with(profile, next) { try await $0.ask(request, in: nil) }
    if !DurableFile.exists(path + ".old") { try current.save(to: path + ".old") }
    try DurableFile.put(path + ".next", at: path)
    guard let account = try await withdrawOld() else { throw Refusal(.failed) }
    return account
  }

  /// Nil when there is none.
  private func withdrawOld() async throws -> AccountSummary? {
    guard DurableFile.exists(path + ".old") else { return nil }
    let (old, current) = (try CurveKeys.load(from: path + ".old"), try CurveKeys.load(from: path))
    guard old.publicKey != current.publicKey else {
      // It was kept, and its place not taken yet.
      try DurableFile.remove(path + ".old")
      return nil
    }
    let request = WithdrawKey(key: try old.publicKey.asIdentityKey)
    let account = try await Session.with(profile, current) { try await $0.ask(request, in: nil).value }
    try DurableFile.remove(path + ".old")
    return account
  }

  private func nextPair() throws -> CurveKeys {
    if DurableFile.exists(path + ".next") { return try CurveKeys.load(from: path + ".next") }
    let keys = CurveKeys.generate()
    try keys.save(to: path + ".next")
    return keys
  }
}
