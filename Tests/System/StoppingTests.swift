import Bus
import FoundationEssentials
import Glibc
import Schema
import Testing

extension SystemTests {
  @Suite("Stopping") struct StoppingTests {
    @Test("SIGTERM under load: code 0, nothing lost", arguments: House.all)
    func terminated(name: String) async throws {
      try await House.open { house in
        let load = try await Load.open(on: house, commands: 600)
        async let work: Void = load.run(workers: 16, Seed())
        var slowest = Duration.zero
        for _ in 0..<3 {
          guard await load.progress(by: 60) else { break }
          let ending = try await house.terminate(name)
          #expect(ending.status == 0)
          slowest = max(slowest, ending.took)
          try house.start(name)
          try await house.health(of: name)
        }
        try await work
        print("stopping \(name): \(slowest)")
        #expect(slowest > .zero)
        try await house.caughtUp()
        let books = try load.books()
        for name in Books.services {
          let verdict = books.verdict(on: name, load.entries)
          #expect(verdict.isClean, "\(name): \(verdict.faults)")
        }
      }
    }

    @Test("SIGTERM while long polls wait: nobody waits for them", arguments: [House.plans, House.gateway])
    func polled(name: String) async throws {
      try await House.open { house in
        let reader = try house.client(House.reader)
        let poll = { (wait: Int) in
          try await reader.send(ReadEvents<Plans>(epoch: nil, after: .now, waitms: wait), to: "38", ttl: .seconds(30))
        }
        let waiting = Task { try await poll(30_000) }
        // Sent after it over the same connections, and answered: by now it waits.
        _ = try await poll(0)
        let ending = try await house.terminate(name)
        #expect(ending.status == 0)
        waiting.cancel()
        _ = await waiting.result
      }
    }

    @Test("SIGTERM twice, or SIGINT, stops it no less in order", arguments: House.all)
    func signals(name: String) async throws {
      try await House.open { house in
        let pid = try #require(house.pid(of: name))
        kill(pid, SIGTERM)
        kill(pid, SIGTERM)
        #expect(await Child.ending(of: pid) == 0)
        try house.start(name)
        try await house.health(of: name)
        let next = try #require(house.pid(of: name))
        kill(next, SIGINT)
        #expect(await Child.ending(of: next) == 0)
      }
    }

    @Test("SIGTERM ends a process that is not ready for it yet", arguments: House.all)
    func unready(name: String) async throws {
      try await House.open { house in
        try house.kill([name])
        // It waits for its store, 5 seconds at most.
        let lock = try StoreLock(house.store(name))
        try house.start(name)
        let ending = try await house.terminate(name)
        #expect(ending.status == -SIGTERM)
        try lock.release()
      }
    }

    @Test("`xaso down` leaves no process, in less than a second")
    func down() async throws {
      try await House.open { house in
        for name in House.all { #expect(try await house.terminate(name).status == 0) }
        // A stack that this process did not start, as people have it.
        let xaso = try House.executable("xaso")
        let folder = ["--dir", house.path("people")]
        // What this shell has open besides, we would wait for: a daemon must not have it.
        let shell = ["/bin/sh", "-c", #"exec 7>&1; exec "$0" "$@""#]
        let up = try await Child.run(shell + [xaso, "up", "--port", "0"] + folder)
        #expect(up.status == 0)
        #expect(up.output.first?.contains("XASO_PROFILE=") == true)
        let pids = try House.all.map { name in
          let text = try String(contentsOfFile: house.path("people") + "/run/\(name).pid", encoding: .utf8)
          return try #require(pid_t(text.prefix { $0.isNumber }))
        }
        for pid in pids { #expect(kill(pid, 0) == 0) }

        let start = ContinuousClock.now
        #expect(try await Child.run([xaso, "down"] + folder).status == 0)
        print("xaso down: \(ContinuousClock.now - start)")
        for pid in pids { #expect(House.isGone(pid)) }
      }
    }
  }
}
