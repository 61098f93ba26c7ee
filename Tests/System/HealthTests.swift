import Testing

@testable import xaso

extension SystemTests {
  /// The command that a container's healthcheck runs.
  @Suite("Asking a process how it is")
  struct HealthTests {
    @Test("with its own key and settings: it says so itself, or the code is not 0")
    func asked() async throws {
      try await House.open { house in
        for name in House.all {
          let (status, output) = try await house.check(name)
          #expect(status == 0, "\(name)")
          #expect(output.count == 1 && output[0].contains("\"service\":\"\(name)\""), "\(name)")
        }
        try house.kill([House.plans, House.gateway])
        #expect(try await house.check(House.plans).status == 1)
        #expect(try await house.check(House.gateway).status == 1)
        #expect(try await house.check(House.budget).status == 0)
      }
    }

    @Test("a process that stands in another's place is not taken for it")
    func another() async throws {
      try await House.open { house in
        let settings = ["XASO_LISTEN_REQUESTS": "ipc://" + house.path("run/budget.requests")]
        let answer = try await house.check(House.plans, settings)
        #expect(answer.status == 1)
      }
    }

    @Test("without settings, or with an argument that there is not, it says what is wrong")
    func misused() async throws {
      let executable = try House.executable("xaso-plans")
      #expect(try await Child.run([executable, "health"]).status == 1)
      #expect(try await Child.run([executable, "heal"]).status == 64)
      #expect(try await Child.run([executable, "health", "plans"]).status == 64)
    }
  }
}

extension House {
  fileprivate func check(
    _ name: String, _ settings: [String: String] = [:]
  ) async throws -> (status: Int32, output: [String]) {
    let environment = try installation.environment(of: name).merging(settings) { _, new in new }
    let executable = try House.executable(name == House.gateway ? "xaso" : "xaso-\(name)")
    return try await Child.run(["/usr/bin/env"] + environment.map { "\($0.key)=\($0.value)" } + [executable, "health"])
  }
}
