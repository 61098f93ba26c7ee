/// Something that `PollLoop.after` will run: what to give to `PollLoop.cancel`.
public struct Deadline: Hashable, Sendable {
  let id: UInt64
}
