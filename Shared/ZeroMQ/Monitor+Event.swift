import CZeroMQ

extension Monitor {
  /// Something that happened on a connection.
  public struct Event: Sendable, Equatable {
    /// What happened.
    public let kind: Kind
    /// The endpoint it happened to, as `bind` or `connect` named it.
    public let endpoint: String

    /// Nil for what libzmq sends beside the kinds below.
    init?(_ message: Message) {
      guard message.count == 2, message[0].count == 6, let endpoint = message[1].text else { return nil }
      let (event, value) = message[0].withUnsafeBytes {
        (Int32($0.loadUnaligned(as: UInt16.self)), $0.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
      }
      guard let kind = Kind(event: event, value: value) else { return nil }
      self.kind = kind
      self.endpoint = endpoint
    }
  }
}
