import ArgumentParser
import Testing

@testable import xaso

/// That what the manuals tell people to type can be typed.
@Suite("The manuals") struct ManualTests {
  @Test(
    "name commands that there are, in containers that there are",
    arguments: ["deploy/OPERATIONS.md", "README.md", "README.vi.md"])
  func commands(manual: String) throws {
    let compose = try Compose.read()
    var seen = 0
    for command in try Files.text(manual).split(separator: "\n").flatMap(Self.commands) {
      guard let words = try Self.arguments(command, in: compose) else { continue }
      seen += 1
      #expect(throws: Never.self, "\(command.joined(separator: " "))") { try Xaso.parseAsRoot(words) }
    }
    #expect(seen > 2)
  }

  /// What `xaso` is given by a command, in a container or not; nil when another program is run.
  private static func arguments(_ command: [String], in compose: Compose) throws -> [String]? {
    guard let start = command.firstIndex(where: { $0 == "docker" || $0 == "xaso" || $0.hasSuffix("/xaso") }) else {
      return nil
    }
    guard command[start] == "docker" else {
      // It may be the name of a folder.
      return command[..<start].allSatisfy { $0 == "$" || $0 == "sudo" || $0.contains("=") }
        ? Array(command[(start + 1)...]) : nil
    }
    guard command.dropFirst(start + 1).first == "compose", command.dropFirst(start + 2).first != "up" else {
      return nil
    }
    let words = command[(start + 3)...].drop { $0.hasPrefix("-") }
    guard ["exec", "run"].contains(command[start + 2]), let name = words.first else { return nil }
    let service = try #require(compose.services[name], "\(name)")
    let line = (service.entrypoint ?? []) + words.dropFirst()
    return line.first == "xaso" ? Array(line.dropFirst()) : nil
  }

  /// The commands of a line of a block, or between backticks: split as a shell would, without what follows a redirection.
  private static func commands(_ line: Substring) -> [[String]] {
    let isBlock = ["$ ", "xaso ", "docker ", "sudo ", ".build/", "0 "].contains { line.hasPrefix($0) }
    let spans = isBlock ? [line] : line.split(separator: "`").filter { $0.hasPrefix("docker compose ") }
    return spans.flatMap { words($0).split(separator: "&&") }.map { $0.prefix { !["#", ">", "<", "|"].contains($0) } }
      .map { Array($0) }
  }

  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var isInside = false
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
        if !isInside { words.append("") }
        isInside = true
      } else if quote == nil, character == " " {
        isInside = false
      } else {
        if !isInside { words.append("") }
        isInside = true
        words[words.count - 1].append(character)
      }
    }
    return words
  }
}
