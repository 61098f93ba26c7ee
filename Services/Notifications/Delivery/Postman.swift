import CSodium
import FoundationEssentials
import Schema
import Subprocess
import SystemPackage

/// Takes an envelope to where it goes, once.
struct Postman: Sendable {
  let channels: Channels
  let stationery: Stationery

  func deliver(_ envelope: Envelope) async -> Delivery {
    switch envelope.channel {
    case .mail:
      guard let mail = channels.mail else { return .failed("channels.yaml names no mail server") }
      guard let recipient = MailAddress(envelope.address) else { return .failed("not a mail address") }
      return await send(envelope, to: recipient, by: mail)
    case .webhook:
      guard let webhook = channels.webhooks.first(where: { $0.name == envelope.address }) else {
        return .failed("channels.yaml names no webhook \(envelope.address)")
      }
      return await call(webhook, envelope.letter)
    case .command:
      guard let command = channels.commands.first(where: { $0.name == envelope.address }) else {
        return .failed("channels.yaml names no command \(envelope.address)")
      }
      return await run(command, envelope.letter)
    }
  }

  // MARK: Mail

  private func send(_ envelope: Envelope, to recipient: MailAddress, by mail: Channels.Mail) async -> Delivery {
    let message = stationery.message(envelope.letter, in: envelope.language)
    let domain = mail.sender.description.split(separator: "@").last.map(String.init) ?? "localhost"
    var password: String?
    if let file = mail.passwordFile {
      guard let secret = secret(in: file) else { return .failed("the password cannot be read from \(file)") }
      password = String(decoding: secret, as: UTF8.self)
    }
    let transfer = Transfer(
      url: mail.server, protocols: "smtp,smtps",
      headers: [
        "Date: \(Timestamp.now.mailDate)", "From: <\(mail.sender)>", "To: <\(recipient)>",
        "Message-ID: <\(envelope.letter.id)@\(domain)>", "Auto-Submitted: auto-generated",
        "Subject: \(MailHeader.encoded(message.subject))",
      ], body: .mail(plain: message.plain, html: message.html), sender: mail.sender.description,
      recipient: recipient.description, user: mail.user, password: password, authorities: mail.authorities)
    return await transfer.run()
  }

  // MARK: Webhooks

  /// The signature is HMAC-SHA256 over the time, a dot and the body: a receiver refuses what is old.
  private func call(_ webhook: Channels.Webhook, _ letter: Letter) async -> Delivery {
    guard let key = secret(in: webhook.secretFile) else {
      return .failed("the key cannot be read from \(webhook.secretFile)")
    }
    let (json, seconds) = (letter.json, Timestamp.now.milliseconds / 1000)
    let signature = HMAC.sha256(Data("\(seconds).".utf8) + json, key: key)
    let transfer = Transfer(
      url: webhook.url, protocols: "http,https",
      headers: [
        "Content-Type: application/json", "X-XaSo-Letter: \(letter.id)", "X-XaSo-Time: \(seconds)",
        "X-XaSo-Signature: sha256=\(signature)", "Expect:",
      ], body: .json(json), authorities: webhook.authorities)
    return await transfer.run()
  }

  /// Read for every letter, so that it can be changed; the line that editors end a file with is no part of it.
  private func secret(in file: String) -> Data? {
    guard var secret = FileManager.default.contents(atPath: file) else { return nil }
    while let last = secret.last, last == 10 || last == 13 { secret.removeLast() }
    return secret.isEmpty ? nil : secret
  }

  // MARK: Commands

  /// A file that has no name any more: a program that ends without having read its letter breaks no pipe.
  private static func file(of json: Data) throws -> FileDescriptor {
    let path = FileManager.default.temporaryDirectory.appending(path: "xaso-letter-\(UUIDv7())").path
    let file = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    do {
      try FileManager.default.removeItem(atPath: path)
      try file.writeAll(json)
      try file.seek(offset: 0, from: .start)
    } catch {
      try? file.close()
      throw error
    }
    return file
  }

  /// The program gets the letter on its standard input, without a shell in between; 0 means that it has it.
  private func run(_ command: Channels.Command, _ letter: Letter) async -> Delivery {
    let json = letter.json
    let limit = command.seconds
    return await withTaskGroup(of: Delivery.self) { group in
      group.addTask {
        do {
          let input = try Self.file(of: json)
          var options = PlatformOptions()
          options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(500))]
          let result = try await Subprocess.run(
            .path(FilePath(command.program[0])), arguments: Arguments(Array(command.program.dropFirst())),
            environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "XASO_LETTER": "\(letter.id)"]),
            platformOptions: options, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .discarded, error: .discarded)
          return result.terminationStatus.isSuccess ? .delivered : .failed("\(result.terminationStatus)")
        } catch {
          return .failed("\(error)")
        }
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(limit))
        return .failed("not done within \(limit) s")
      }
      let first = await group.next() ?? .failed("not started")
      group.cancelAll()
      return first
    }
  }
}

/// Keyed hashes as receivers know them.
enum HMAC {
  /// In hexadecimal digits; the key may be of any length.
  static func sha256(_ bytes: Data, key: Data) -> String {
    var state = crypto_auth_hmacsha256_state()
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    let (key, bytes) = (Array(key), Array(bytes))
    crypto_auth_hmacsha256_init(&state, key, key.count)
    crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
    crypto_auth_hmacsha256_final(&state, &digest)
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// Header fields of mail in ASCII (RFC 2047): words of Base64, 75 characters at most, each of whole characters.
enum MailHeader {
  static func encoded(_ text: String) -> String {
    var words: [String] = []
    var bytes: [UInt8] = []
    for scalar in text.onOneLine.unicodeScalars {
      let next = Array(String(scalar).utf8)
      if bytes.count + next.count > 45 {
        words.append(word(bytes))
        bytes = []
      }
      bytes += next
    }
    if !bytes.isEmpty { words.append(word(bytes)) }
    return words.joined(separator: " ")
  }

  private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }
}

extension Timestamp {
  /// `Sat, 21 Nov 2026 07:30:00 +0700` (RFC 5322)
  var mailDate: String {
    let (year, month, day) = self.day.components
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[(self.day.number % 7 + 7) % 7]
    let seconds = Int(milliseconds / 1000 % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(weekday), \(day) \(months[month - 1]) \(year) \(two(clock / 60)):\(two(clock % 60)):\(two(seconds)) +0700"
  }
}
