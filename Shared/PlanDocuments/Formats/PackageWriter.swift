import CZip

/// A package that libzip could not write.
public struct UnwritablePackage: Error, Hashable {}

/// Packs the parts of a .docx (libzip): in memory, in the order that is given.
enum PackageWriter {
  static func package(_ parts: [(name: String, text: String)]) throws(UnwritablePackage) -> [UInt8] {
    var error = zip_error_t()
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { throw UnwritablePackage() }
    // The archive takes its own hold of the target when it is opened, and gives it up when it is closed.
    zip_source_keep(target)
    defer { zip_source_free(target) }
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      throw UnwritablePackage()
    }
    // libzip reads them when the archive is closed.
    let buffers = parts.map { part in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, part.text.utf8.count), alignment: 1)
      buffer.copyBytes(from: Array(part.text.utf8))
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    for (part, buffer) in zip(parts, buffers) {
      guard let source = zip_source_buffer(archive, buffer.baseAddress, UInt64(part.text.utf8.count), 0) else {
        zip_discard(archive)
        throw UnwritablePackage()
      }
      guard zip_file_add(archive, part.name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0 else {
        zip_source_free(source)
        zip_discard(archive)
        throw UnwritablePackage()
      }
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      throw UnwritablePackage()
    }
    return try bytes(of: target)
  }

  private static func bytes(of source: OpaquePointer) throws(UnwritablePackage) -> [UInt8] {
    guard zip_source_open(source) == 0 else { throw UnwritablePackage() }
    defer { zip_source_close(source) }
    var stat = zip_stat_t()
    guard zip_source_stat(source, &stat) == 0 else { throw UnwritablePackage() }
    var bytes = [UInt8](repeating: 0, count: Int(stat.size))
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes {
        zip_source_read(source, $0.baseAddress?.advanced(by: count), UInt64($0.count - count))
      }
      guard read > 0 else { throw UnwritablePackage() }
      count += Int(read)
    }
    return bytes
  }
}
