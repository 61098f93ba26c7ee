import Bus
import FoundationEssentials
import Glibc
import Schema
import Testing

extension SystemTests {
  /// libzmq gathers all frames of a message before it shows the first, and has no bound for how many there are: whoever
  /// has a valid key can fill the gateway's memory.
  @Suite(
    "A message of very many frames",
    .enabled("python3-zmq must be installed") { try await Follower.canRun })
  struct BombTests {
    @Test("frames of 1 MB are beyond what is taken: the peer is thrown out, the gateway is as before")
    func largeFrames() async throws {
      try await House.open { house in
        let gateway = try #require(house.pid(of: House.gateway))
        let before = try Memory(of: gateway)
        let peer = try bomb(house, frames: 300, bytes: 1_000_000)
        #expect(await peer.text() == ["in", "sent", "out"])
        #expect(await Child.ending(of: peer.pid) == 0)
        _ = try await house.issue("honest")
        #expect(house.pid(of: House.gateway) == gateway)
        #expect(try Memory(of: gateway).resident < before.resident + 20_000)
      }
    }

    @Test(
      "300 MB of small ones, under a limit: the peer is thrown out, or the gateway dies and is back; nothing is lost")
    func manyFrames() async throws {
      try await House.open { house in
        let gateway = try #require(house.pid(of: House.gateway))
        let others = [House.plans, House.notifications].map(house.pid(of:))
        let limit = try Memory(of: gateway).virtual + 150_000
        let limited = try await Child.run(["/usr/bin/prlimit", "--pid", "\(gateway)", "--as=\(limit * 1024)"])
        #expect(limited.status == 0)

        let load = try await Load.open(on: house, commands: 500)
        async let work: Void = load.run(workers: 8, Seed())
        _ = await load.progress(by: 50)
        let peer = try bomb(house, frames: 1200, bytes: 250_000)
        // Of either the peer hears.
        #expect(await peer.text() == ["in", "sent", "out"])
        #expect(await Child.ending(of: peer.pid) == 0)
        let survived = (try? await house.health(of: House.gateway, within: .seconds(10))) != nil
        let start = ContinuousClock.now
        if survived {
          #expect(try Memory(of: gateway).virtual <= limit)
        } else {
          #expect(await Child.ending(of: gateway) != 0)
          try house.start(House.gateway)
        }
        try await house.health(of: House.gateway)
        let took = ContinuousClock.now - start
        print("many frames: the gateway \(survived ? "lives" : "died"), and answers after \(took)")

        try await work
        #expect([House.plans, House.notifications].map(house.pid(of:)) == others)
        try await house.caughtUp()
        let books = try load.books()
        for name in Books.services {
          let verdict = books.verdict(on: name, load.entries)
          #expect(verdict.isClean, "\(name): \(verdict.faults)")
        }
      }
    }

    private func bomb(_ house: House, frames: Int, bytes: Int) throws -> Child {
      let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers/bomb.py").path
      return try house.run(["/usr/bin/python3", script] + house.door() + ["\(frames)", "\(bytes)"])
    }
  }
}

/// What a process takes, in KiB.
private struct Memory {
  let virtual: Int
  let resident: Int

  init(of pid: pid_t) throws {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let value = { (name: String) in
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return try #require(line.flatMap { Int($0.filter(\.isNumber)) })
    }
    (virtual, resident) = (try value("VmSize:"), try value("VmRSS:"))
  }
}
