import FoundationEssentials
import Schema

/// What a service wrote, made durable and answered, in the order in which it did.
struct DiskOrder {
  private enum Step {
    case write(keys: [Substring])
    case sync(thread: Substring)
    case synced(thread: Substring)
    case reply(Status, key: Substring)
  }

  /// Outcomes of commands, told to whoever asked.
  private(set) var replies = 0
  /// Syncs of the write-ahead log.
  private(set) var syncs = 0
  /// Outcomes that were told before they were durable, by key.
  private(set) var early: [Substring] = []

  /// - Parameters:
  ///   - lines: As the preloaded library writes them.
  ///   - beginning: How the keys of the commands begin, in hex.
  init(_ lines: some Sequence<Substring>, keys beginning: String) {
    // Where a key was first written, and where the last sync began that has returned.
    var written: [Substring: Int] = [:]
    var begun: [Substring: Int] = [:]
    var durable = -1
    for (position, line) in lines.enumerated() {
      switch Self.step(line) {
      case .write(let keys): for key in keys where written[key] == nil { written[key] = position }
      case .sync(let thread): begun[thread] = position
      case .synced(let thread):
        syncs += 1
        durable = max(durable, begun[thread] ?? -1)
      case .reply(let status, let key) where key.hasPrefix(beginning) && !status.isTransient:
        replies += 1
        guard let write = written[key], write < durable else {
          early.append(key)
          continue
        }
      case .reply, nil: continue
      }
    }
  }

  private static func step(_ line: Substring) -> Step? {
    let words = line.split(separator: " ")
    guard words.count >= 3 else { return nil }
    switch words[1] {
    case "write": return .write(keys: Array(words[3...]))
    // The database itself is synced when the log is folded into it: that is no proof for what is in the log.
    case "sync" where words[2].hasSuffix("-wal"): return .sync(thread: words[0])
    case "synced" where words[2].hasSuffix("-wal"): return .synced(thread: words[0])
    case "reply":
      guard words.count == 4, let status = UInt16(words[2]).flatMap(Status.init(rawValue:)) else { return nil }
      return .reply(status, key: words[3])
    default: return nil
    }
  }
}
