import Foundation

/// A page of the documents whose `console` blocks are run as a reader would type them: each line after `$ ` (and those that
/// a `\` joins to it) is a command, the lines until the next one are what it answered, standard error among it.
///
/// The whole page is one session of bash at the top of the repository, in a home of its own. What is another each time (keys,
/// ids, times of day, ports, how long something took) stands in a page as `steady` makes it.
struct Transcript {
  private let path: String
  let text: String

  static let folder = "deploy/transcripts"

  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted()
    }
  }

  init(_ name: String) throws {
    path = "\(Self.folder)/\(name)"
    text = try String(contentsOfFile: path, encoding: .utf8)
  }

  func write(_ text: String) throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }

  /// The page as it would be if its commands were typed now.
  ///
  /// - Parameters:
  ///   - home: A folder that the commands may fill.
  ///   - executables: The folder where `xaso` is.
  func replayed(in home: String, with executables: String) async throws -> String {
    let script = "\(home)/session.sh"
    try session(in: home, with: executables).write(toFile: script, atomically: true, encoding: .utf8)
    let output = try await Child.run(["/bin/bash", script]).output
    var answers = output.split(separator: Self.mark, omittingEmptySubsequences: false).dropFirst()
      .map { $0.map { Self.steady($0, home: home) } }[...]
    var page: [String] = []
    for piece in pieces {
      switch piece {
      case .prose(let line): page.append(line)
      case .command(let lines): page += lines + (answers.popFirst() ?? [])
      }
    }
    return page.joined(separator: "\n")
  }

  // MARK: A page and its commands

  private enum Piece {
    case prose(String)
    /// The lines as they stand, the first after `$ `.
    case command([String])
  }

  /// Without the answers.
  private var pieces: [Piece] {
    var pieces: [Piece] = []
    var lines = text.components(separatedBy: "\n")[...]
    var isConsole = false
    while let line = lines.popFirst() {
      if line.hasPrefix("```") {
        isConsole = line == "```console"
        pieces.append(.prose(line))
      } else if !isConsole {
        pieces.append(.prose(line))
      } else if line.hasPrefix("$ ") {
        var command = [line]
        while command.last?.hasSuffix("\\") == true, let next = lines.popFirst() { command.append(next) }
        pieces.append(.command(command))
      }
    }
    return pieces
  }

  /// Between two answers; no command says it.
  private static let mark = "\u{1E}"

  private func session(in home: String, with executables: String) -> String {
    let commands = pieces.compactMap { piece -> String? in
      guard case .command(let lines) = piece else { return nil }
      return "echo '\(Self.mark)'\n" + lines.joined(separator: "\n").dropFirst(2)
    }
    return """
      exec < /dev/null 2>&1
      export HOME='\(home)' XASO_DIR='\(home)' PATH='\(executables)':"$PATH" LANG=C.UTF-8
      \(commands.joined(separator: "\n"))

      """
  }

  // MARK: What is another each time

  private static func steady(_ line: String, home: String) -> String {
    line.replacing(home, with: "~")
      // What ends a line of CSV (RFC 4180).
      .replacing("\r", with: "")
      .replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
      // The end of an id, as lists show it.
      .replacing(/…[0-9a-f]{8}\b/, with: "…xxxxxxxx")
      // What stands for a person; to Unicode, digits on both sides of a comma are one word.
      .replacing(/\b[0-9a-f]{32}\b/.wordBoundaryKind(.simple), with: String(repeating: "x", count: 32))
      // A public key in Z85.
      .replacing(/(^|[ "])[^ "─]{40}($|[ "])/) { "\($0.1)\(String(repeating: "x", count: 40))\($0.2)" }
      .replacing(/[A-Za-z0-9_+\/=-]{64,}/, with: "…")
      .replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:7400")
      .replacing(/\b[0-9]{2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?\b/, with: "08:00")
      .replacing(/\b[0-9]+([.,][0-9]+)? (ms|µs)\b/, with: "… ms")
  }
}
