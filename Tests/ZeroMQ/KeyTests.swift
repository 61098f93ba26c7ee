import Foundation
import Glibc
import Testing
import ZeroMQ

@Suite("Keys")
final class KeyTests {
  private let directory: String

  init() throws {
    var template = Array("/tmp/xaso-keys-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private func withFile(_ body: (String) throws -> Void) throws {
    try body("\(directory)/keys")
  }

  @Test("a pair belongs together, and is another each time")
  func pairs() throws {
    let keys = CurveKeys.generate()
    #expect(CurveKeys(secret: keys.secretKey).publicKey == keys.publicKey)
    #expect(CurveKeys.generate().publicKey != keys.publicKey)
    #expect(try #require(SecretKey(z85: keys.secretKey.revealed())).revealed() == keys.secretKey.revealed())
  }

  @Test(
    "what is not a key, or is known to everybody, is refused",
    arguments: [
      "", "short", String(repeating: "a", count: 39), String(repeating: "a", count: 41),
      String(repeating: "~", count: 40), String(repeating: "#", count: 40), String(repeating: "é", count: 20),
      "aaaa\0" + String(repeating: "a", count: 35), "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7",
      "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6",
    ])
  func refused(text: String) {
    #expect(PublicKey(z85: text) == nil)
    #expect(SecretKey(z85: text) == nil)
  }

  @Test("a public key is coded as its text")
  func coding() throws {
    let key = CurveKeys.generate().publicKey
    let json = try JSONEncoder().encode([key])
    #expect(try JSONDecoder().decode([PublicKey].self, from: json) == [key])
    #expect(try JSONDecoder().decode([String].self, from: json) == [key.z85])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([PublicKey].self, from: Data("[\"x\"]".utf8)) }
  }

  @Test("a secret key never shows itself")
  func secrecy() {
    let keys = CurveKeys.generate()
    let secret = keys.secretKey.revealed()
    var dumped = ""
    dump(keys, to: &dumped)
    dump(Security.server(keys: keys, domain: "bus"), to: &dumped)
    for text in ["\(keys)", "\(keys.secretKey)", String(reflecting: keys), String(describing: [keys]), dumped] {
      #expect(!text.contains(secret))
      #expect(text.contains("•••"))
    }
  }

  @Test("a file is written for its owner alone, and read back")
  func file() throws {
    try withFile { path in
      let keys = CurveKeys.generate()
      try keys.save(to: path)
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      let loaded = try CurveKeys.load(from: path)
      #expect(loaded.publicKey == keys.publicKey)
      #expect(loaded.secretKey.revealed() == keys.secretKey.revealed())
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["keys"])
    }
  }

  @Test("a file is never overwritten")
  func existing() throws {
    try withFile { path in
      let keys = CurveKeys.generate()
      try keys.save(to: path)
      #expect(throws: KeyFileError.exists(path: path)) { try CurveKeys.generate().save(to: path) }
      #expect(try CurveKeys.load(from: path).publicKey == keys.publicKey)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["keys"])
    }
  }

  @Test("a file that others have rights on is refused, with what to do", arguments: [0o644, 0o640, 0o602, 0o610])
  func exposed(mode: Int) throws {
    try withFile { path in
      try CurveKeys.generate().save(to: path)
      #expect(chmod(path, mode_t(mode)) == 0)
      #expect(throws: KeyFileError.exposed(path: path)) { try CurveKeys.load(from: path) }
      #expect(KeyFileError.exposed(path: path).description.contains("chmod 600 \(path)"))
    }
  }

  @Test("a file that is not one pair is refused")
  func malformed() throws {
    try withFile { path in
      let (one, other) = (CurveKeys.generate(), CurveKeys.generate())
      let mixed = "public \(one.publicKey)\nsecret \(other.secretKey.revealed())\n"
      let twice = "public \(one.publicKey)\nsecret \(one.secretKey.revealed())\npublic \(one.publicKey)\n"
      for text in ["", "# nothing\n", "public \(one.publicKey)\n", mixed, twice, "\u{0}", "secret x\npublic y\n"] {
        try write(text, to: path)
        #expect(throws: KeyFileError.malformed(path: path)) { try CurveKeys.load(from: path) }
      }
      let manual = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
      try write("public rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\nsecret \(manual)\n", to: path)
      #expect(throws: KeyFileError.published(path: path)) { try CurveKeys.load(from: path) }
      #expect(throws: KeyFileError.malformed(path: directory)) { try CurveKeys.load(from: directory) }
      #expect(throws: KeyFileError.failed(call: "open", path: "/nowhere/keys", code: ENOENT)) {
        try one.save(to: "/nowhere/keys")
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(chmod(path, 0o600) == 0)
  }
}
