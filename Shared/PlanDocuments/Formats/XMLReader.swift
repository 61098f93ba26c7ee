import CExpat

/// What is told of the parts of an XML file while it is read. Names are without their namespace's prefix.
protocol XMLHandler: AnyObject {
  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument)
  func end(_ name: String) throws(UnreadableDocument)
  func text(_ text: String)
}

/// Reads XML as a stream (expat): nothing is kept that its handler does not keep, and a DTD ends it, so that no entity
/// is ever declared, let alone fetched.
///
/// expat and not FoundationXML: libxml2 behind that needs Debian's ICU, 35 MB beside the one that Swift brings; expat has 170 kB.
final class XMLReader {
  static let depth = 200

  static func read(_ bytes: [UInt8], _ handler: some XMLHandler) throws(UnreadableDocument) {
    try XMLReader(handler).read(bytes)
  }

  private let handler: any XMLHandler
  private var failure: UnreadableDocument?
  private var depth = 0
  private var parser: XML_Parser?

  private init(_ handler: any XMLHandler) { self.handler = handler }

  private func read(_ bytes: [UInt8]) throws(UnreadableDocument) {
    guard let parser = XML_ParserCreate(nil) else { throw .damaged }
    self.parser = parser
    defer { XML_ParserFree(parser) }
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { XMLReader.of($0)?.begin($1, $2) }, { user, name in XMLReader.of(user)?.end(name) })
    XML_SetCharacterDataHandler(parser) { XMLReader.of($0)?.text($1, $2) }
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLReader.of(user)?.fail(.declaresEntities) }
    let status = bytes.withUnsafeBytes { buffer in
      XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), 1)
    }
    if let failure { throw failure }
    guard status == XML_STATUS_OK else { throw .damaged }
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> XMLReader? {
    user.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func begin(_ name: UnsafePointer<XML_Char>?, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
    guard failure == nil, let name else { return }
    depth += 1
    guard depth <= Self.depth else { return fail(.tooDeep) }
    var attributes: [String: String] = [:]
    var index = 0
    while let key = pairs?[index], let value = pairs?[index + 1] {
      attributes[Self.local(key)] = String(cString: value)
      index += 2
    }
    tell { handler throws(UnreadableDocument) in try handler.begin(Self.local(name), attributes) }
  }

  private func end(_ name: UnsafePointer<XML_Char>?) {
    guard failure == nil, let name else { return }
    depth -= 1
    tell { handler throws(UnreadableDocument) in try handler.end(Self.local(name)) }
  }

  private func text(_ start: UnsafePointer<XML_Char>?, _ count: Int32) {
    guard failure == nil, let start else { return }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
    handler.text(String(decoding: bytes, as: UTF8.self))
  }

  private func tell(_ tell: (any XMLHandler) throws(UnreadableDocument) -> Void) {
    do throws(UnreadableDocument) { try tell(handler) } catch { fail(error) }
  }

  private func fail(_ reason: UnreadableDocument) {
    failure = failure ?? reason
    if let parser { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  private static func local(_ name: UnsafePointer<XML_Char>) -> String {
    let name = String(cString: name)
    return name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }
}
