import CZeroMQ

/// The sockets that a loop watches, and who is told about them.
struct PollSet {
  struct Watch {
    /// The address of the raw socket: a pointer could not be behind a Mutex.
    let socket: UInt
    var wantsWrite = false
    let readable: @Sendable () -> Void
    let writable: (@Sendable () -> Void)?
  }

  private var watches: [Watch] = []
  private var isChanged = false

  subscript(socket: UInt) -> Watch? { watches.first { $0.socket == socket } }

  var sockets: [UInt] { watches.map(\.socket) }

  /// Returns the watch that was replaced, to be released outside a lock.
  mutating func add(_ watch: Watch) -> Watch? {
    let replaced = remove(watch.socket)
    watches.append(watch)
    isChanged = true
    return replaced
  }

  /// Returns the watch removed, to be released outside a lock.
  mutating func remove(_ socket: UInt) -> Watch? {
    guard let index = watches.firstIndex(where: { $0.socket == socket }) else { return nil }
    isChanged = true
    return watches.remove(at: index)
  }

  mutating func setWantsWrite(_ on: Bool, for socket: UInt) {
    guard let index = watches.firstIndex(where: { $0.socket == socket && $0.wantsWrite != on }) else { return }
    watches[index].wantsWrite = on
    isChanged = true
  }

  /// Writes the set as zmq_poll reads it, after the first item, if it has changed since the last time.
  mutating func update(_ items: inout [zmq_pollitem_t]) {
    guard isChanged else { return }
    isChanged = false
    items.removeLast(items.count - 1)
    for watch in watches {
      items.append(
        zmq_pollitem_t(
          socket: UnsafeMutableRawPointer(bitPattern: watch.socket), fd: 0,
          events: Int16(watch.wantsWrite ? ZMQ_POLLIN | ZMQ_POLLOUT : ZMQ_POLLIN), revents: 0))
    }
  }
}
