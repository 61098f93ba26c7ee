/// How a socket treats queues, sizes and dead peers. The defaults are the one profile that all our sockets share.
///
/// 256 KiB in the 20 s of `heartbeatTimeout` is the slowest link that is served: raise both or neither.
public struct SocketOptions: Sendable {
  /// Messages queued for a peer, then `send` answers false (a PUB drops). Default 1000.
  public var sendHighWater: Int32 = 1000
  /// Messages queued from a peer, then it has to wait. Default 1000.
  public var receiveHighWater: Int32 = 1000
  /// The largest frame, in bytes: a larger one is not sent, and a peer that sends one is disconnected. Default 256 KiB.
  public var maxFrameSize: Int64 = 262_144
  /// How long a peer may take over its handshake. Default 3 s.
  public var handshakeLimit: Duration = .seconds(3)
  /// The time between heartbeats, below anything that a user of the socket sees. Default 5 s.
  public var heartbeatInterval: Duration = .seconds(5)
  /// The silence after which a connection is dead. Default 20 s.
  public var heartbeatTimeout: Duration = .seconds(20)
  /// The first pause before connecting again. Default 100 ms.
  public var reconnectInterval: Duration = .milliseconds(100)
  /// The longest pause before connecting again. Default 5 s.
  public var reconnectLimit: Duration = .seconds(5)
  /// How many connections may wait to be accepted. Default 256.
  public var backlog: Int32 = 256
  /// How long TCP may retransmit without an answer. Default 20 s.
  public var retransmissionLimit: Duration = .seconds(20)

  /// How long a closed socket goes on sending what it has taken. Default none: what must not be lost is on disk, and a
  /// queue for a dead peer would only hold up the end of the process.
  public var linger: Duration = .zero

  /// The shared profile.
  public init() {}

  /// For a socket that answers: its last replies are on their way when it closes.
  public static var answering: SocketOptions {
    var options = SocketOptions()
    options.linger = .milliseconds(300)
    return options
  }
}
