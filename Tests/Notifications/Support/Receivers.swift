import Foundation

/// Receivers that are no part of XaSo: a mail server with STARTTLS and login, an HTTP server that checks signatures.
final class Receivers {
  struct Message: Decodable {
    var kind: String
    var id: String
    var to: [String]?
    var subject: String?
    var headers: [String]?
    var plain: String?
    var html: String?
    var signed: Bool?
  }

  static let peers = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Peers")
    .standardizedFileURL

  let mailPort: Int
  let httpPort: Int
  private let process: Process
  private let (input, output) = (Pipe(), Pipe())

  /// The key, the password and the certificate that both sides know.
  static func prepare(_ folder: URL) throws {
    try Data("khóa của Sở\n".utf8).write(to: folder.appending(path: "secret"))
    try Data("mật khẩu\n".utf8).write(to: folder.appending(path: "password"))
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/openssl")
    openssl.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.appending(path: "key.pem").path, "-out",
      folder.appending(path: "cert.pem").path,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
  }

  /// - Parameters:
  ///   - mail: What it does to one message after the other: ok, refuse, slow, drop, cut.
  ///   - ports: 0 for any.
  init(_ folder: URL, mail: [String] = [], http: [String] = [], ports: (mail: Int, http: Int) = (0, 0)) throws {
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      Self.peers.appending(path: "receivers.py").path, folder.path, "\(ports.mail)", "\(ports.http)",
      mail.joined(separator: ","), http.joined(separator: ","),
    ]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.first != 10 { line += byte }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard words.count == 2 else { throw CocoaError(.fileReadUnknown) }
    (mailPort, httpPort) = (words[0], words[1])
  }

  /// Ends both, and tells what they have.
  func finish() throws -> [Message] {
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try data.split(separator: 10).map { try JSONDecoder().decode(Message.self, from: Data($0)) }
  }
}
