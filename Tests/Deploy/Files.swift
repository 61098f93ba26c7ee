import Foundation

/// The files that an operator gets, as they are in the repository.
enum Files {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path).standardizedFileURL, encoding: .utf8)
  }

  /// What `make build` makes and `make install` installs.
  static func executables() throws -> Set<String> {
    let line = try text("Makefile").split(separator: "\n").first { $0.hasPrefix("EXECUTABLES = ") } ?? ""
    return Set(line.split(separator: " ").dropFirst(2).map(String.init))
  }
}
