import Bus
import FoundationEssentials
import Glibc
import Schema
import ZeroMQ

extension Session {
  /// Asks, once a day, whether another front door takes the place of this one, and if so has the profile name that one.
  ///
  /// The answer comes by a session with the key that the profile has pinned: nobody else can give it. The profile is
  /// changed only when the other door has answered to the key that it is said to have.
  func follow(_ path: String, _ lang: Language) async {
    // Who may not change the profile would ask with every command; it is for who keeps it to name the other door.
    guard access(path, W_OK) == 0, case (var profile, let keys)? = try? Profile.load(from: path),
      profile.asked != Timestamp.now.day,
      let successor = try? await ask(ReadSuccessor(), in: nil, ttl: .seconds(2)).value
    else { return }
    profile.asked = Timestamp.now.day
    if let unit = profile.moved(by: successor) {
      profile.unit = unit
      let text = Text(
        vi: "Đơn vị đã sáp nhập: hồ sơ \(path) từ nay là của \(unit); việc cũ vẫn xem được bằng --unit.",
        en: "The unit was merged: the profile \(path) is \(unit)'s from now on; what it left is seen with --unit.")
      Failure.complain(text(lang))
    }
    guard let next = profile.moved(to: successor) else {
      try? profile.save(to: path)
      return
    }
    let answer = try? await Session.with(next, keys) { try await $0.ask(ReadSuccessor(), in: nil, ttl: .seconds(3)) }
    guard answer != nil else {
      // Another day: nobody should wait for it with each command.
      try? profile.save(to: path)
      return
    }
    guard (try? next.save(to: path)) != nil else { return }
    let text = Text(
      vi: "Máy chủ đổi khóa: hồ sơ \(path) từ nay dùng \(next.server).",
      en: "The server changes its key: the profile \(path) names \(next.server) from now on.")
    Failure.complain(text(lang))
  }
}

extension Profile {
  /// The unit in which the one that is named goes on; nil while it does itself.
  func moved(by successor: Successor) -> Schema.Unit? {
    guard let unit, successor.former?.contains(unit) == true else { return nil }
    return successor.unit
  }

  /// The same account at the door that takes this one's place; nil when none does.
  func moved(to successor: Successor) -> Profile? {
    guard let port = successor.port, (1...65_535).contains(port),
      let key = successor.key.flatMap({ PublicKey(z85: $0.description) }), key != serverKey,
      server.hasPrefix("tcp://"), let colon = server.lastIndex(of: ":")
    else { return nil }
    var profile = self
    profile.server = "\(server[...colon])\(port)"
    profile.serverKey = key
    return profile
  }
}
