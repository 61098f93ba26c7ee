import Schema
import Yams

/// Where letters can go besides inboxes, as the operator's file says: one mail server, webhooks, commands.
struct Channels: Codable, Hashable, Sendable {
  struct Mail: Codable, Hashable, Sendable {
    /// `smtp://host:587`, with STARTTLS, or `smtps://host:465`
    var server: String
    var sender: MailAddress
    var user: String?
    /// A file with the password alone; it is read for every letter, so that it can be changed.
    var passwordFile: String?
    var authorities: String?
  }

  struct Webhook: Codable, Hashable, Sendable {
    var name: String
    var url: String
    /// A file with the key of the signature.
    var secretFile: String
    var authorities: String?
    /// Whose letters it gets: these units and those below them.
    var units: [Unit]
  }

  struct Command: Codable, Hashable, Sendable {
    var name: String
    /// The program's whole path, and its arguments as they are.
    var program: [String]
    var seconds: Int
    var units: [Unit]
  }

  var mail: Mail?
  var webhooks: [Webhook] = []
  var commands: [Command] = []

  /// The webhooks and commands that serve a unit.
  func routes(of unit: Unit) -> [NotificationsStore.Route] {
    webhooks.filter { $0.units.contains { $0.contains(unit) } }
      .map { NotificationsStore.Route(channel: .webhook, address: $0.name, language: .vietnamese) }
      + commands.filter { $0.units.contains { $0.contains(unit) } }
      .map { NotificationsStore.Route(channel: .command, address: $0.name, language: .vietnamese) }
  }
}

extension Channels {
  init(yaml: String, file: String = "channels.yaml") throws(DataFault) {
    let reader = try YAMLReader(yaml, file: file)
    let top = try reader.fields(reader.root, ["mail", "webhooks", "commands"])
    self.init()
    if let node = top["mail"] { mail = try reader.mail(node) }
    for node in try top["webhooks"].map(reader.list) ?? [] { webhooks.append(try reader.webhook(node)) }
    for node in try top["commands"].map(reader.list) ?? [] { commands.append(try reader.command(node)) }
    let names = webhooks.map(\.name) + commands.map(\.name)
    guard Set(names).count == names.count else { throw reader.fault(reader.root, "two channels have one name") }
  }
}

extension YAMLReader {
  fileprivate func mail(_ node: Node) throws(DataFault) -> Channels.Mail {
    let fields = try self.fields(node, ["server", "from", "user", "password-file", "authorities"])
    let server = try need(fields, "server", of: node)
    guard ["smtp://", "smtps://"].contains(where: { server.string.hasPrefix($0) }), isPlain(server.string) else {
      throw fault(server, "expected smtp://host:port or smtps://host:port")
    }
    let from = try need(fields, "from", of: node)
    guard let sender = MailAddress(try text(from)) else { throw fault(from, "expected a plain mail address") }
    guard (fields["user"] == nil) == (fields["password-file"] == nil) else {
      throw fault(node, "user and password-file go together")
    }
    return Channels.Mail(
      server: server.string, sender: sender, user: try fields["user"].map(text),
      passwordFile: try fields["password-file"].map(path), authorities: try fields["authorities"].map(path))
  }

  fileprivate func webhook(_ node: Node) throws(DataFault) -> Channels.Webhook {
    let fields = try self.fields(node, ["name", "url", "secret-file", "authorities", "units"])
    let url = try need(fields, "url", of: node)
    let isLocal = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].contains { url.string.hasPrefix($0) }
    guard url.string.hasPrefix("https://") || isLocal, isPlain(url.string) else {
      throw fault(url, "expected an https address; http goes to this machine alone")
    }
    return Channels.Webhook(
      name: try name(try need(fields, "name", of: node)), url: url.string,
      secretFile: try path(try need(fields, "secret-file", of: node)),
      authorities: try fields["authorities"].map(path), units: try units(try need(fields, "units", of: node)))
  }

  fileprivate func command(_ node: Node) throws(DataFault) -> Channels.Command {
    let fields = try self.fields(node, ["name", "program", "seconds", "units"])
    let program = try need(fields, "program", of: node)
    var words: [String] = []
    for word in try list(program) { words.append(try text(word)) }
    guard let first = words.first, first.hasPrefix("/"), words.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw fault(program, "a program is its whole path, and its arguments, in square brackets")
    }
    return Channels.Command(
      name: try name(try need(fields, "name", of: node)), program: words,
      seconds: try fields["seconds"].map { node throws(DataFault) in try number(node, in: 1...120) } ?? 20,
      units: try units(try need(fields, "units", of: node)))
  }

  private func name(_ node: Node) throws(DataFault) -> String {
    guard let slug = Slug(try text(node)) else {
      throw fault(node, "a name has lower-case letters, digits and hyphens")
    }
    return slug.description
  }

  private func path(_ node: Node) throws(DataFault) -> String {
    let path = try text(node)
    guard path.hasPrefix("/") else { throw fault(node, "expected the whole path of a file") }
    return path
  }

  private func units(_ node: Node) throws(DataFault) -> [Unit] {
    var units: [Unit] = []
    for node in try list(node) {
      guard let unit = Unit(try text(node)) else { throw fault(node, "expected units such as \"38\" or \"38/15043\"") }
      units.append(unit)
    }
    return units
  }

  /// Nothing that libcurl would read as something else.
  private func isPlain(_ url: String) -> Bool { url.utf8.allSatisfy { (33..<127).contains($0) } }
}

extension Node {
  fileprivate var string: String { scalar?.string ?? "" }
}
