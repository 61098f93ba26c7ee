import CZip

/// The packed files of a .docx or .xlsx, unpacked one at a time and never beyond a bound (libzip).
struct Archive: ~Copyable {
  /// What one part may unpack to. The text of a long plan is below 2 MiB.
  static let inflated = 16 * 1_048_576
  /// Text packs to a tenth, a table of nothing but zeros to a thousandth.
  static let ratio: UInt64 = 400

  private let handle: OpaquePointer
  private let inflated: Int
  /// libzip reads from it as long as the archive is open.
  private let bytes: UnsafeMutableRawBufferPointer

  /// - Parameter inflated: What one part may unpack to.
  init(_ data: [UInt8], inflated: Int = Archive.inflated) throws(UnreadableDocument) {
    self.inflated = inflated
    bytes = .allocate(byteCount: max(1, data.count), alignment: 1)
    bytes.copyBytes(from: data)
    var error = zip_error_t()
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(data.count), 0, &error),
      let handle = zip_open_from_source(source, ZIP_RDONLY, &error)
    else {
      bytes.deallocate()
      throw .damaged
    }
    self.handle = handle
  }

  deinit {
    zip_discard(handle)
    bytes.deallocate()
  }

  var names: [String] {
    (0..<min(zip_get_num_entries(handle, 0), 10_000)).compactMap { index in
      zip_get_name(handle, UInt64(index), 0).map { String(cString: $0) }
    }
  }

  /// Nil where there is no such part.
  func part(_ name: String) throws(UnreadableDocument) -> [UInt8]? {
    var stat = zip_stat_t()
    guard zip_stat(handle, name, 0, &stat) == 0 else { return nil }
    guard stat.encryption_method == ZIP_EM_NONE else { throw .encrypted }
    guard stat.size <= UInt64(inflated), stat.size <= 1_048_576 || stat.size / max(1, stat.comp_size) <= Self.ratio
    else { throw .inflatesTooMuch(limit: inflated) }
    guard let file = zip_fopen(handle, name, 0) else { throw .damaged }
    defer { zip_fclose(file) }
    // The header may say less than there is: what is read is bounded too.
    var part = [UInt8](repeating: 0, count: Int(stat.size) + 1)
    var count = 0
    while count < part.count {
      let read = part.withUnsafeMutableBytes {
        zip_fread(file, $0.baseAddress?.advanced(by: count), UInt64($0.count - count))
      }
      guard read >= 0 else { throw .damaged }
      if read == 0 { break }
      count += Int(read)
    }
    guard count <= Int(stat.size) else { throw .inflatesTooMuch(limit: inflated) }
    return Array(part[..<count])
  }
}
