import CZeroMQ

extension Socket {
  /// What a socket does with its messages, in the words of the ZeroMQ guide.
  public enum Kind: Sendable {
    /// Asks, without waiting for the answer before the next question.
    case dealer
    /// Answers: the first frame of each message names the peer.
    case router
    /// Sends to whoever subscribed, and drops for who is too slow.
    case publisher
    /// Receives what it subscribed to.
    case subscriber
    /// One to one, between two threads.
    case pair
    /// Answers one question at a time, in order.
    case reply

    var raw: Int32 {
      switch self {
      case .dealer: ZMQ_DEALER
      case .router: ZMQ_ROUTER
      case .publisher: ZMQ_PUB
      case .subscriber: ZMQ_SUB
      case .pair: ZMQ_PAIR
      case .reply: ZMQ_REP
      }
    }
  }
}
