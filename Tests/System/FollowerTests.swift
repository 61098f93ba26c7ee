import Bus
import FoundationEssentials
import GRDB
import Glibc
import Schema
import Testing

extension SystemTests {
  /// `deploy/examples/follow_events.py`, which shares no line with us.
  @Suite(
    "A follower in another language",
    .enabled("python3-zmq must be installed") { try await Follower.canRun })
  struct FollowerTests {
    @Test("plans is killed, the follower is stopped, both come back: no hole and no duplicate")
    func restarts() async throws {
      try await House.open { house in
        for unit in [House.communes[0], House.elsewhere] { _ = try await house.issue("first", rows: 4, in: unit) }
        var follower = try follow(house)
        var lines = await follower.lines(try said(house).count)
        #expect(lines == (try said(house)))

        try house.kill([House.plans])
        try house.start(House.plans)
        for unit in [House.elsewhere, House.communes[1]] { _ = try await house.issue("second", rows: 4, in: unit) }
        lines += await follower.lines(try said(house).count - lines.count)
        #expect(lines == (try said(house)))
        try await written(house)
        lines += await follower.end()

        _ = try await house.issue("third", rows: 4, in: House.communes[2])
        follower = try follow(house)
        lines += await follower.lines(try said(house).count - lines.count)
        lines += await follower.end()
        #expect(lines == (try said(house)))
        #expect(lines.count == 51)
      }
    }

    @Test("a position in a stream that is no more: it starts again")
    func gone() async throws {
      try await House.open { house in
        _ = try await house.issue("only")
        try #"{"epoch": "\#(UUIDv7())", "after": 3}"#.write(toFile: position(house), atomically: true, encoding: .utf8)
        var follower = try follow(house)
        let said = try said(house)
        #expect(await follower.lines(said.count) == said)
        #expect(await follower.end() == [])
      }
    }

    @Test("another province's events are refused")
    func refused() async throws {
      try await House.open { house in
        let follower = try follow(house, "01")
        #expect(await Child.ending(of: follower.child.pid) == 1)
      }
    }

    private func follow(_ house: House, _ unit: String = "38") throws -> Follower {
      try Follower(house.run(Follower.program + house.door() + [position(house), unit]))
    }

    /// Returns when the follower has written that it has read all there is.
    private func written(_ house: House) async throws {
      struct Position: Decodable { var after: Int64 }
      let head = try await house.health(of: House.plans).head
      while let json = FileManager.default.contents(atPath: position(house)),
        try JSONDecoder().decode(Position.self, from: json).after < head
      {
        // It tells nobody but its file.
        try await Task.sleep(for: .milliseconds(10))
      }
    }

    private func position(_ house: House) -> String { house.path("position.json") }

    /// What the follower is to print: the province's part of the outbox.
    private func said(_ house: House) throws -> [String] {
      let store = try StoreFile(house.store(House.plans))
      return try store.rows("SELECT event FROM outbox WHERE province = '38' ORDER BY seq") { row in
        let event = try Codec.decode(CloudEvent<Unread>.self, from: row[0] as Data)
        return "\(Int(event.sequence) ?? 0) \(event.unit) \(event.type) \(event.subject)"
      }
    }
  }
}

/// A running follower and its lines.
struct Follower {
  static let program = [
    "/usr/bin/python3",
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../deploy/examples/follow_events.py").path,
  ]

  static var canRun: Bool {
    get async throws { try await Child.run([program[0], "-c", "import zmq"]).status == 0 }
  }

  let child: Child
  private var iterator: AsyncStream<String>.Iterator

  init(_ child: Child) {
    self.child = child
    iterator = child.lines.makeAsyncIterator()
  }

  /// The next so many lines.
  mutating func lines(_ count: Int) async -> [String] {
    var lines: [String] = []
    while lines.count < count, let line = await iterator.next(isolation: #isolation) { lines.append(line) }
    return lines
  }

  /// Stops it; returns what it had printed besides.
  mutating func end() async -> [String] {
    _ = await child.end(by: SIGTERM)
    return await lines(.max)
  }
}
