public import Foundation
import Schema

/// A folder for one test, gone when the test is over.
public final class Place: Sendable {
  public let folder: URL

  public init() throws {
    folder = URL(filePath: "/tmp").appending(path: "xaso-\(UUIDv7().description.suffix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  public func path(_ name: String) -> String { folder.appending(path: name).path }
}
