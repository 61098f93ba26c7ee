import Bus
import FoundationEssentials
import PlanDocuments
import Schema

/// Real plans of communes and a quarter of made-up figures through a real stack: everybody comes in by an invitation,
/// offices enter what is theirs, money is refused that is not there, and a Sở looks at its communes.
struct Demonstration {
  let communes: [Commune]
  let stack: Stack
  let lang: Language

  init(_ communes: [Commune], on stack: Stack, _ lang: Language) {
    self.communes = communes
    self.stack = stack
    self.lang = lang
  }

  func run() async throws -> Outcome {
    let start = ContinuousClock.now
    try await stack.start(port: 0)
    var outcome = Outcome()
    outcome.readyMilliseconds = start.milliseconds
    try await letIn()

    for (index, commune) in communes.enumerated() {
      say("[\(index + 1)/\(communes.count)] \(commune.name): \(commune.plannedText(lang))")
      try await issue(commune)
    }
    // Indicators and budget learn of the plans by events; what is entered next needs them.
    _ = try await settle()
    for commune in communes {
      guard let quarter = commune.quarter else { continue }
      say("\(commune.name), \(quarter.quarter.text(lang)): \(quarter.enteredText(lang))")
      if let year = quarter.year { outcome.years.append(try await play(year, in: commune)) }
      outcome.refusals += try await enter(quarter, in: commune)
    }
    outcome.services = try await settle()

    for province in provinces { outcome.provinces.append(try await overview(of: province)) }
    for commune in communes { outcome.notices += try await notices(for: commune) }
    for index in outcome.refusals.indices { try await tell(&outcome.refusals[index]) }
    outcome.tookMilliseconds = start.milliseconds
    return outcome
  }

  var provinces: [Unit] { Set(communes.map(\.unit.provinceUnit)).sorted { $0.province < $1.province } }

  /// Invites everybody, who then join; the administrator keeps the villages.
  private func letIn() async throws {
    let department = Office(code: Self.department, name: "Sở Khoa học và Công nghệ")
    try await stack.installation.enroll(
      communes.flatMap(\.enrolments)
        + provinces.map {
          .init(account: $0.account("\(Self.department)"), unit: $0, office: department, roles: [.province])
        })
    try await session("operator") { session in
      for commune in communes {
        for village in commune.quarter?.villages ?? [] {
          let office = OfficeSummary(code: village.code, name: village.name, kind: Open(.village))
          _ = try await session.ask(KeepOffice(office: office), in: commune.unit)
        }
      }
    }
  }

  /// The province's office that watches over plans.
  static let department: Office.Code = "so-khcn"

  /// Returns when everybody has read all that was said, and what was said because of that.
  ///
  /// - Returns: How each service is then.
  private func settle() async throws -> [ServiceHealth] {
    try await session("operator") { session in
      var heads: [ServiceName: Int64] = [:]
      while true {
        let healths = try await session.healths().compactMap(\.health)
        let now = Dictionary(uniqueKeysWithValues: healths.map { ($0.service, $0.head) })
        guard now != heads else { return healths }
        for contract in Catalogue.contracts { try await session.wait(for: contract, upTo: now) }
        heads = now
      }
    }
  }

  func session<Result>(
    _ account: Caller.Account, _ body: (Session) async throws -> Result
  ) async throws -> Result {
    try await Session.with(stack.installation.profilePath(account), body)
  }

  private func say(_ line: String) { Failure.complain(line) }
}

extension Session {
  /// Returns when a subscriber has read the streams that it follows.
  fileprivate func wait<S: Contract>(for subscriber: S.Type, upTo heads: [ServiceName: Int64]) async throws(Refusal) {
    for stream in S.follows {
      let head = heads[stream] ?? 0
      let position = try await ask(Reached<S>(stream: stream, seq: head), in: nil).value
      guard position.cursor >= head else { throw Refusal(.timedOut) }
    }
  }
}

extension ContinuousClock.Instant {
  /// Since then.
  fileprivate var milliseconds: Int64 { Int64((ContinuousClock.now - self) / .milliseconds(1)) }
}

extension Demonstration.Commune {
  fileprivate func plannedText(_ lang: Language) -> String {
    guard let plan else { return Text(vi: "không có kế hoạch trong bản chạy thử", en: "no plan in the demo")(lang) }
    let (tasks, targets) = (plan.tasks.count, plan.targets.count)
    return Text(vi: "\(tasks) nhiệm vụ, \(targets) chỉ tiêu", en: "\(tasks) tasks, \(targets) targets")(lang)
  }
}

extension Quarter {
  fileprivate func enteredText(_ lang: Language) -> String {
    let (money, counts) = (allocations.count + payments.count, villages.reduce(0) { $0 + $1.counts.count })
    return Text(
      vi: "\(progress.count) tiến độ, \(figures.count) số liệu, \(money) khoản phân bổ và chi, \(counts) số liệu thôn",
      en: "\(progress.count) reports of progress, \(figures.count) figures, \(money) movements of money, "
        + "\(counts) counts of villages")(lang)
  }
}
