import Foundation

/// The text of a .pdf, taken out by `pdftotext` (poppler-utils) in the order in which the PDF draws it: a table made by
/// Word comes row by row and cell by cell, its columns lost.
enum PortableDocument {
  static let seconds = 20
  static let limit = 8 * 1_048_576

  static func text(_ data: [UInt8]) throws(UnreadableDocument) -> String {
    guard let tool = tool else { throw .pdfToolMissing }
    let output: Data
    do {
      output = try run(tool, data)
    } catch {
      throw .pdfUnreadable
    }
    guard let text = String(data: output, encoding: .utf8) else { throw .pdfUnreadable }
    // Less than a line of letters: pictures of pages.
    guard text.count(where: \.isLetter) >= 40 else { throw .scan }
    return text
  }

  private static var tool: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return folders.map { "\($0)/pdftotext" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func run(_ tool: String, _ data: [UInt8]) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "xaso-pdf-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "plan.pdf")
    let result = folder.appending(path: "plan.txt")
    try Data(data).write(to: input)
    let process = Process()
    // A hostile PDF can keep a reader busy for ever: time and output are bounded by the shell's own means.
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "ulimit -t \(seconds); ulimit -f \(limit / 512); exec \"$0\" -q -raw -enc UTF-8 -nopgbrk \"$1\" \"$2\"",
      tool,
      input.path, result.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else {
      throw UnreadableDocument.pdfUnreadable
    }
    return try Data(contentsOf: result)
  }
}
