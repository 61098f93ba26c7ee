/// A question and an answer of the ZeroMQ Authentication Protocol (RFC 27), without a socket.
enum Handshake {
  private static let version = "1.0"

  /// Answers whatever came: a malformed question is refused, never trusted and never a crash.
  static func answer(_ question: Message, admit: (PublicKey) -> Admission) -> Message {
    // Version, request id, domain, address, identity, mechanism, credentials.
    guard question.count >= 2 else { return reply(to: .empty, "400", "malformed request") }
    let id = question[1]
    guard question[0].text == version else { return reply(to: id, "500", "unknown version") }
    guard question.count == 7, question[5].text == "CURVE", question[6].count == 32 else {
      return reply(to: id, "400", "CURVE only")
    }
    let text = question[6].withUnsafeBytes { Z85.encode($0) }
    guard let key = PublicKey(z85: text) else { return reply(to: id, "400", "published key") }
    switch admit(key) {
    case .admit: return reply(to: id, "200", "OK", user: key.z85)
    case .deny: return reply(to: id, "400", "unknown key")
    case .later: return reply(to: id, "300", "not ready")
    }
  }

  private static func reply(to id: Frame, _ code: String, _ text: String, user: String = "") -> Message {
    [Frame(version), id, Frame(code), Frame(text), Frame(user), .empty]
  }
}
