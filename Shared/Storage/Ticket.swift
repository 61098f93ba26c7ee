public import FoundationEssentials
public import Schema

/// A command as it came: who asks, under which key, for what.
public struct Ticket: Sendable {
  public var caller: Caller
  /// The same key is the same request: it runs once.
  public var key: UUIDv7
  public var method: Method
  public var unit: Unit?
  /// The version that the caller has seen; 0 when it does not matter.
  public var expected: UInt32
  public var body: Data
  /// The span of the asker, for `traceparent`; 0 for none.
  public var trace: UInt64
  /// What the audit says it is about.
  public var about: String?

  public init(
    caller: Caller, key: UUIDv7, method: Method, unit: Unit?, expected: UInt32 = 0, body: Data, trace: UInt64 = 0,
    about: String? = nil
  ) {
    self.caller = caller
    self.key = key
    self.method = method
    self.unit = unit
    self.expected = expected
    self.body = body
    self.trace = trace
    self.about = about
  }

  /// Of all that makes two requests the same one.
  var hash: Data {
    var canonical = Canonical()
    canonical.append(method.description)
    canonical.append(unit?.description)
    canonical.append(Int64(expected))
    canonical.append(body)
    return canonical.hash
  }

  /// The same by which it is recorded, and by which it would have been without the secret.
  func hashes(keyed secret: Data?) -> [Data] {
    guard let secret else { return [hash] }
    return [SHA256.hash(hash, keyed: secret), hash]
  }
}
