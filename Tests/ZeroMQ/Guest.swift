import ZeroMQ

/// An actor that lives on a loop and says where it ran and where it ended.
actor Guest {
  private let loop: PollLoop
  private let ended: Record<Bool>

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ loop: PollLoop, _ ended: Record<Bool>) {
    self.loop = loop
    self.ended = ended
  }

  isolated deinit { ended.add(loop.isCurrent) }

  func isOnLoop() -> Bool { loop.isCurrent }
}
