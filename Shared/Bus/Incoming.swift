public import Schema
public import ZeroMQ

/// A request as a ROUTER receives it: the sender's identity, then the four frames of XSB/1.
public struct Incoming: Sendable {
  /// Why a message is not a request: it is dropped and counted, or answered where it can be.
  public enum Fault: Error {
    case frames(Int)
    case header(Header.Fault)
    /// Another major version: answered 426.
    case version(RequestHeader, sender: Frame)
  }

  public let sender: Frame
  public let header: RequestHeader
  /// Of the connection that it came by: the public key that libzmq has verified.
  public let key: PublicKey?
  public let caller: Frame
  public let body: Frame
  private let routeFrame: Frame

  public init(_ message: Message) throws(Fault) {
    guard message.count == 5 else { throw .frames(message.count) }
    sender = message[0]
    do {
      header = try message[1].withUnsafeBytes { bytes throws(Header.Fault) in try RequestHeader(bytes) }
    } catch .major(let correlation, let key) {
      throw .version(RequestHeader(correlation: correlation, key: key, ttl: 0), sender: message[0])
    } catch {
      throw .header(error)
    }
    // Frame 0 has no metadata after a poll: libzmq 4.3.4 loses it with its prefetch.
    key = message[1].property("User-Id").flatMap(PublicKey.init(z85:))
    routeFrame = message[2]
    caller = message[3]
    body = message[4]
  }

  /// Throws `Refusal` 400 for what is none.
  public func route() throws(Refusal) -> Route {
    guard routeFrame.count <= Limit.text, let route = routeFrame.text.flatMap(Route.init) else {
      throw Refusal(.malformed)
    }
    return route
  }

  /// The frames as they go on to a service: another correlation, the caller written in, the body as it is.
  public func forwarded(as correlation: UInt64, ttl: UInt32, for caller: Caller) -> Message {
    var header = header
    header.correlation = correlation
    header.ttl = ttl
    return [Frame(header.bytes), routeFrame, Frame(caller.description), body]
  }
}
