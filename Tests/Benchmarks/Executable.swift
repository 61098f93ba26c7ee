import Foundation

/// One that was built with this one.
func executable(_ name: String) throws -> URL {
  let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  return URL(filePath: own).deletingLastPathComponent().appending(path: name)
}
