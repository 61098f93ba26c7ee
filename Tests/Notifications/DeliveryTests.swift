import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_notifications

/// Letters on their way to receivers that are down, slow, that refuse and that break off.
@Suite("Delivery to real receivers", .serialized, .timeLimit(.minutes(60)))
struct DeliveryTests {
  private static let due = Commune.day(2026, 6, 30)
  private static let offices: [Office.Code] = ["vh-xh", "vp", "kt"]

  private func post() async throws -> Post {
    let post = try await Post(at: Commune.at(Commune.day(2026, 7, 1), 6))
    try await post.keep("vh-xh", "Phòng <b>VH-XH</b>\r\nBcc: a@b.vn")
    try await post.keep("vp", "Văn phòng")
    try await post.keep("kt", "Phòng Kinh tế")
    for office in Self.offices {
      let mail = try #require(MailAddress("\(office)@giaoan.example"))
      try await post.address(office, mail)
    }
    _ = try await post.plan(Self.offices.map { ("\($0)", $0, Self.due) })
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    return post
  }

  private func channels(_ folder: URL, mail: Int, http: Int) -> Channels {
    var channels = Channels()
    channels.mail = Channels.Mail(
      server: "smtp://localhost:\(mail)", sender: "xaso@giaoan.example", user: "xaso",
      passwordFile: folder.appending(path: "password").path, authorities: folder.appending(path: "cert.pem").path)
    channels.webhooks = [
      Channels.Webhook(
        name: "so-khcn", url: "http://127.0.0.1:\(http)/notices", secretFile: folder.appending(path: "secret").path,
        units: ["38"])
    ]
    return channels
  }

  /// Tries what is due until nothing is, with the clock at the next attempt each time.
  private func deliverAll(_ post: Post, _ channels: Channels, rounds: Int) async throws {
    let postman = Postman(channels: channels, stationery: Standards.supplied.stationery)
    for _ in 0..<rounds {
      let next = try await post.letters().compactMap(\.next).max()
      guard let next else { return }
      post.clock.set(max(next, post.clock.time))
      try await post.deliver { await postman.deliver($0) }
    }
  }

  @Test("everything arrives, and nothing is doubled where letters are known by their ids") func everything()
    async throws
  {
    let post = try await post()
    try Receivers.prepare(post.folder)
    let first = try Receivers(post.folder)
    let ports = (mail: first.mailPort, http: first.httpPort)
    _ = try first.finish()
    let channels = channels(post.folder, mail: ports.mail, http: ports.http)
    var standards = post.standards
    standards.channels = channels
    #expect(try await post.look(standards) == 7)
    // Nobody there yet.
    try await deliverAll(post, channels, rounds: 1)
    #expect(try await post.letters().allSatisfy { $0.state == .pending && $0.attempts == 1 })

    let receivers = try Receivers(
      post.folder, mail: ["refuse", "drop", "cut", "slow", "refuse", "drop"],
      http: ["refuse", "drop", "cut", "slow", "cut", "drop"], ports: ports)
    try await deliverAll(post, channels, rounds: 10)
    let messages = try receivers.finish()
    let letters = try await post.letters()
    #expect(letters.allSatisfy { $0.state == .delivered }, "\(letters.map(\.outcome))")

    let mails = messages.filter { $0.kind == "mail" }
    let sent = letters.filter { $0.channel == .mail }
    #expect(Set(mails.map(\.id)) == Set(sent.map { "<\($0.id)@giaoan.example>" }))
    #expect(mails.count > sent.count, "a message that broke off after its last byte came again")
    for mail in mails {
      #expect(mail.to?.count == 1 && mail.headers?.contains("Bcc") == false)
      #expect(mail.subject?.hasPrefix("Thông báo 01/07/2026: 1 việc") == true)
      #expect(mail.plain?.contains("quá hạn 1 ngày làm việc") == true)
      #expect(mail.html?.contains("quá hạn 1 ngày làm việc") == true && mail.html?.contains("<b>VH-XH") == false)
    }
    #expect(mails.contains { $0.html?.contains("Phòng &lt;b&gt;VH-XH&lt;/b&gt;  Bcc: a@b.vn") == true })

    let calls = messages.filter { $0.kind == "http" }
    #expect(Set(calls.map(\.id)) == Set(letters.filter { $0.channel == .webhook }.map { "\($0.id)" }))
    #expect(calls.allSatisfy { $0.signed == true })
    await post.close()
  }

  @Test("no mail to a server with a certificate that nobody vouches for, or with a wrong password") func wary()
    async throws
  {
    let post = try await post()
    try Receivers.prepare(post.folder)
    let receivers = try Receivers(post.folder)
    let good = channels(post.folder, mail: receivers.mailPort, http: receivers.httpPort)
    _ = try await post.look()
    var strange = good
    strange.mail?.authorities = nil
    try await deliverAll(post, strange, rounds: 1)
    var wrong = good
    let other = post.folder.appending(path: "other")
    try Data("sai".utf8).write(to: other)
    wrong.mail?.passwordFile = other.path
    try await deliverAll(post, wrong, rounds: 1)
    var letters = try await post.letters()
    #expect(letters.allSatisfy { $0.state == .pending && $0.attempts == 2 })
    #expect(letters.allSatisfy { $0.outcome?.contains("sai") == false })
    try await deliverAll(post, good, rounds: 1)
    letters = try await post.letters()
    #expect(letters.allSatisfy { $0.state == .delivered })
    #expect(try receivers.finish().count == letters.count)
    await post.close()
  }

  @Test("a command gets each letter on its standard input until it says that it has it; one that hangs is ended")
  func command() async throws {
    let post = try await post()
    let file = post.folder.appending(path: "letters")
    var standards = post.standards
    standards.channels = Channels()
    let script = Receivers.peers.appending(path: "command.py").path
    standards.channels.commands = [
      Channels.Command(
        name: "zalo", program: ["/usr/bin/python3", script, file.path], seconds: 3600, units: ["38/15043"]),
      // One that knows enough by the letter's id.
      Channels.Command(name: "deaf", program: ["/bin/true"], seconds: 3600, units: ["38/15043"]),
      Channels.Command(name: "hangs", program: ["/bin/sleep", "86400"], seconds: 1, units: ["38/15043"]),
      Channels.Command(name: "missing", program: ["/nowhere/zalo"], seconds: 1, units: ["38/15043"]),
      Channels.Command(name: "elsewhere", program: ["/bin/cat"], seconds: 1, units: ["38/15044"]),
    ]
    try await post.database.write { store in
      for office in Self.offices {
        try NotificationsStore.keep(KeepAddress(office: office, mail: nil), in: Post.commune, store)
      }
    }
    #expect(try await post.look(standards) == 16)
    try await deliverAll(post, standards.channels, rounds: 2)
    let letters = try await post.letters()
    let taken = letters.filter { $0.address == "zalo" }
    let lines = String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(taken.allSatisfy { $0.state == .delivered } && Set(lines) == Set(taken.map { "\($0.id)" }))
    #expect(lines.count == taken.count + 1)
    #expect(Set(letters.filter { $0.address == "hangs" }.map(\.outcome)) == ["not done within 1 s"])
    #expect(letters.filter { $0.address == "missing" }.allSatisfy { $0.state == .pending })
    #expect(letters.filter { $0.address == "deaf" }.allSatisfy { $0.state == .delivered && $0.attempts == 1 })
    #expect(!letters.contains { $0.address == "elsewhere" })
    await post.close()
  }
}
