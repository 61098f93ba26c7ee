import Glibc
import ZeroMQ

/// `make bench`: what the hot paths cost, each as a ratio to what it is built on, measured in the same run.
@main struct Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments
    if arguments.count == 2, arguments[1] == "proxy" { return RawProxy.serve() }
    if arguments.count == 2, arguments[1] == "idle" { return try await idle() }
    if arguments.count == 2, arguments[1] == "identity" { return try await identity() }

    print("Round trip of a 1 KB body through one hop, CURVE on both sides of it; the hop is a process of its own.")
    let raw = try RawProxy()
    defer { raw.stop() }
    let gateway = try await GatewayHop()
    for inFlight in [1, 64] {
      let base = try raw.microseconds(inFlight: inFlight)
      show("raw libzmq through a proxy", inFlight, base, base)
      show(
        "xaso through the gateway, no JSON", inFlight, try await gateway.microseconds(.bytes, inFlight: inFlight), base)
      show("xaso through the gateway, JSON", inFlight, try await gateway.microseconds(.json, inFlight: inFlight), base)
    }
    await gateway.stop()

    print("\nDurable commands: state, outbox, audit and idempotency record, each on disk before it is answered.")
    let durable = try await Durable()
    let base = try durable.sqliteAlone()
    show("SQLite alone, one row a transaction", 1, base, base)
    for inFlight in [1, 64] {
      show("xaso, a command with one event", inFlight, try await durable.microseconds(inFlight: inFlight), base)
    }
    await durable.stop()
    try await idle()
  }

  /// `benchmarks idle`: this part alone.
  private static func idle() async throws {
    let seconds = 10
    print("\nA whole stack with nothing to do, for \(seconds) s.")
    let stack = try Idle()
    defer { try? stack.stop() }
    let shares = try await stack.shares(in: seconds)
    for share in shares { show(share.name, cpu: share.cpu, memory: share.memory) }
    show("together", cpu: shares.reduce(0) { $0 + $1.cpu }, memory: shares.reduce(0) { $0 + $1.memory })
  }

  /// `benchmarks identity`: this part alone; it takes minutes.
  private static func identity() async throws {
    print("A register of 1,000,000 people in 20 communes, through the front door of a real stack.")
    let bench = try await RegisterBench()
    do {
      print("  import, validated and on the disk     \(Int(try await bench.importing())) rows a second (aim: 20000)")
      for (name, times, aim) in [
        ("look-up of one person", try await bench.lookups(10_000), "2"),
        ("statistics of the province", try await bench.statistics(500), "20"),
      ] {
        let label = name + String(repeating: " ", count: 38 - name.count)
        let (p50, p99) = (times[times.count / 2], times[times.count * 99 / 100])
        print("  \(label)\(Int(p50 * 100).hundredths) ms p50, \(Int(p99 * 100).hundredths) ms p99 (aim: \(aim))")
      }
      let (store, memory) = try await bench.size()
      print("  store \(store / 1_048_576) MiB, resident \(memory / 1024) MiB")
    } catch {
      await bench.stop()
      throw error
    }
    await bench.stop()
  }

  private static func show(_ name: String, cpu: Double, memory: Int) {
    let label = name + String(repeating: " ", count: max(0, 38 - name.count))
    print("  \(label)  \(Int(cpu * 10_000).hundredths) % of a core  \(pad(memory / 1024, 4)) MiB resident")
  }

  private static func show(_ name: String, _ inFlight: Int, _ microseconds: Double, _ base: Double) {
    let label = name + String(repeating: " ", count: max(0, 38 - name.count))
    print(
      "  \(label)  \(pad(inFlight, 3)) in flight  \(pad(Int(microseconds), 6)) µs each  "
        + "\(pad(Int(1e6 / microseconds), 7)) a second  × \(Int(microseconds / base * 100).hundredths)")
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension Int {
  fileprivate var hundredths: String { "\(self / 100).\(self % 100 < 10 ? "0" : "")\(self % 100)" }
}

/// Runs something so many times, so many at once, and says how long each took of the whole.
func timed(
  count: Int, inFlight: Int, _ body: @escaping @Sendable (Int) async throws -> Void
) async throws -> Double {
  let start = PollLoop.now()
  try await withThrowingTaskGroup(of: Void.self) { group in
    for lane in 0..<inFlight {
      group.addTask {
        for index in stride(from: lane, to: count, by: inFlight) { try await body(index) }
      }
    }
    try await group.waitForAll()
  }
  return Double(PollLoop.now() - start) / 1000 / Double(count)
}
