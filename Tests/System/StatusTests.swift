import Bus
import Foundation
import Glibc
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// What an operator sees of a stack that works.
  @Suite("Status") struct StatusTests {
    @Test("a stack that does not know the operator's key says whose key it wants") func anotherKey() async throws {
      try await House.open { house in
        let (folder, key) = (house.installation.directory.path, house.installation.profileKeyPath("operator"))
        try await Stack(in: house.installation).stop()
        try FileManager.default.removeItem(atPath: key)
        #expect(try await house.xaso(["key", "new", key]).status == 0)
        let up = try await Child.run([
          "/bin/sh", "-c", #""$0" up --dir "$1" --port 0 2>&1"#, House.executable("xaso"), folder,
        ])
        #expect(up.status == 78)
        #expect(up.output.contains { $0.contains(key) && $0.contains("does not know the key") })
        #expect(!up.output.contains { $0.contains("Refusal(") })
      }
    }

    @Test(
      "requests, refusals, the disk's time and the streams' lags are told; --watch goes on, without colours in a pipe")
    func told() async throws {
      try await House.open { house in
        _ = try await house.issue("seen", rows: 2)
        try await house.caughtUp()
        let focal = try house.client(House.focal(House.communes[0]))
        await #expect(throws: Refusal.self) { try await focal.send(ListPlans(), to: House.communes[1]) }
        let json = try await house.xaso(["status", "--json", "--profile", house.installation.profilePath("operator")])
        #expect(json.status == 0)
        let healths = try Codec.decode([ServiceHealth].self, from: Data(json.output.utf8))
        #expect(healths.count == House.all.count)
        let loads = try Dictionary(uniqueKeysWithValues: healths.map { ($0.service, try #require($0.load)) })
        let plans = try #require(loads[Plans.name])
        #expect(plans.commits.count > 0)
        #expect(plans.commits.p50us <= plans.commits.p99us)
        let issues = try #require(plans.methods.first { $0.method == "plans.issue" })
        #expect(issues.answers == [.init(code: 200, count: 1)])
        #expect(issues.took.count == 1)
        // The front door turned the other commune's away: the service has never heard of it.
        let door = try #require(loads[Gateways.name]?.methods.first { $0.method == "plans.list" })
        #expect(door.answers == [.init(code: 403, count: 1)])
        #expect(!plans.methods.contains { $0.method == "plans.list" })

        for option in ["--methods", "--csv"] {
          let table = try await house.xaso(
            ["status", option, "--profile", house.installation.profilePath("operator")])
          #expect(table.status == 0)
          #expect(table.output.contains(option == "--csv" ? "notifications" : "plans.issue"))
        }

        let watch = try house.run([
          House.executable("xaso"), "status", "--watch", "--profile", house.installation.profilePath("operator"),
        ])
        var seen: [String] = []
        for await line in watch.lines {
          seen.append(line)
          if seen.count(where: { $0.hasPrefix("identity") }) == 2 { break }
        }
        #expect(!seen.joined().contains("\u{1B}"))
        #expect(await watch.end(by: SIGINT) == -SIGINT)
      }
    }

    @Test("a service that does not answer is named, in JSON too, and the exit code says so")
    func silent() async throws {
      try await House.open { house in
        try house.kill([House.budget])
        let status = ["status", "--lang", "en", "--profile", house.installation.profilePath("operator")]
        let table = try await house.xaso(status)
        #expect(table.status == 69)
        #expect(table.output.contains("no answer"))
        let json = try await house.xaso(status + ["--json"])
        #expect(json.status == 69)
        #expect(json.output.contains(#"{"service":"budget"}"#), "\(json.output)")
      }
    }

    @Test("a metrics file is there when a process has started, and once more when it stops")
    func metrics() async throws {
      try await House.open { house in
        for name in [House.plans, House.gateway] {
          #expect(try await house.terminate(name).status == 0)
          try house.start(name, ["XASO_METRICS": house.installation.directory.path])
        }
        _ = try await house.issue("measured", rows: 1)
        for name in [House.gateway, House.plans] {
          #expect(try await house.terminate(name).status == 0)
          let text = try String(contentsOfFile: house.path("xaso-\(name).prom"), encoding: .utf8)
          let line = "xaso_requests_total{service=\"\(name)\",method=\"plans.issue\",code=\"200\"} 1\n"
          #expect(text.contains(line), "\(text)")
        }
      }
    }
  }
}
