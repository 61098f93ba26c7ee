import Foundation
import SampleMessages

/// The files that say for ever how each message is written.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static func file(of sample: any Sample) -> URL { folder.appending(path: "\(sample.name).json") }

  /// The golden's bytes without the newline that editors add.
  static func json(of sample: any Sample) throws -> Data {
    let file = file(of: sample)
    let missing = !FileManager.default.fileExists(atPath: file.path)
    if missing, ProcessInfo.processInfo.environment["XASO_WRITE_GOLDENS"] == "1" {
      try (sample.json + Data("\n".utf8)).write(to: file)
    }
    let bytes = try Data(contentsOf: file)
    return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
  }
}
