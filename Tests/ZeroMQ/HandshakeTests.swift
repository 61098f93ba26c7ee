import Testing

@testable import ZeroMQ

@Suite("A ZAP question")
struct HandshakeTests {
  private let key = [UInt8](1...32)

  private func question(
    version: String = "1.0", mechanism: String = "CURVE", credentials: [Frame]? = nil
  ) -> Message {
    [Frame(version), Frame("7"), Frame("bus"), Frame("127.0.0.1"), .empty, Frame(mechanism)]
      + (credentials ?? [Frame(key)])
  }

  private func answer(_ question: Message, _ admission: Admission = .admit) -> [String?] {
    Handshake.answer(question) { _ in admission }.map(\.text)
  }

  @Test("is answered as the closure decides")
  func decided() {
    let user = key.withUnsafeBytes { Z85.encode($0) }
    #expect(PublicKey(z85: user) != nil)
    #expect(answer(question()) == ["1.0", "7", "200", "OK", user, ""])
    #expect(answer(question(), .deny) == ["1.0", "7", "400", "unknown key", "", ""])
    #expect(answer(question(), .later) == ["1.0", "7", "300", "not ready", "", ""])
  }

  @Test("that is malformed is refused, whatever the closure would say")
  func malformed() {
    let status = { (message: Message) in self.answer(message)[2] }
    #expect(status(question(version: "2.0")) == "500")
    #expect(status(question(mechanism: "PLAIN")) == "400")
    #expect(status(question(mechanism: "NULL", credentials: [])) == "400")
    #expect(status(question(credentials: [])) == "400")
    #expect(status(question(credentials: [Frame(key), Frame(key)])) == "400")
    #expect(status(question(credentials: [Frame(key.dropLast())])) == "400")
    #expect(status([]) == "400")
    for count in 1...6 { #expect(status(Array(question().prefix(count))) == "400") }
    #expect(status([Frame([0xFF]), Frame([0xFF])]) == "500")
  }

  @Test("with the published key is refused")
  func published() {
    let bytes: [UInt8] = [
      0xBB, 0x88, 0x47, 0x1D, 0x65, 0xE2, 0x65, 0x9B, 0x30, 0xC5, 0x5A, 0x53, 0x21, 0xCE, 0xBB, 0x5A,
      0xAB, 0x2B, 0x70, 0xA3, 0x98, 0x64, 0x5C, 0x26, 0xDC, 0xA2, 0xB2, 0xFC, 0xB4, 0x3F, 0xC5, 0x18,
    ]
    #expect(answer(question(credentials: [Frame(bytes)]))[2] == "400")
  }
}
