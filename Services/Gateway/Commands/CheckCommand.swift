import ArgumentParser
import Bus
import FoundationEssentials
import PlanDocuments
import Schema

extension PlanCommand {
  /// `xaso plan check`: what is wrong with a plan, before the chair signs it.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kiểm tra một kế hoạch trước khi ký. (Check a plan before it is signed.)",
      discussion: "Mã thoát 1 khi có lỗi, 0 khi không. (Exits with 1 where there are errors, else with 0.)")

    @Argument(
      help: """
        Tệp hay văn bản kế hoạch, hoặc số hay mã kế hoạch đã nhập. (A plan's file or document, or the number or id of a stored one.)
        """)
    var plan: String
    @Option(help: "Tệp kế hoạch cấp trên. (The parent plan's file.)") var parent: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      let parent = try parent.map { try PlanFile.read($0, options.lang) }
      let findings = try await document().check(in: CheckContext(parent: parent))
      if options.json || options.csv {
        options.show(FindingList.table(of: findings, options.lang), json: findings)
      } else {
        for line in FindingList.lines(of: findings, options.lang) { Output.write(line) }
      }
      guard !findings.contains(where: { $0.severity == .error }) else { throw ExitCode(1) }
    }

    /// From a file where there is one of that name, else from the service.
    private func document() async throws -> PlanDocument {
      let isFile = FileManager.default.fileExists(atPath: plan) || PlanPaper.isForm(plan)
      guard !isFile, let reference = PlanReference(argument: plan) else { return try PlanFile.read(plan, options.lang) }
      var stored: PlanDocument?
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await reference.resolve(session, in: unit)
        let detail = try await session.ask(ShowPlan(plan: plan), in: unit).value
        for note in detail.notes ?? [] { Failure.complain(note(options.lang)) }
        let targets: [TargetSummary] = try await session.all(in: unit) { ListTargets(plan: plan, after: $0) }
        let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(plan: plan, after: $0) }
        stored = PlanDocument(
          unit: detail.summary.unit, head: detail.head, tasks: tasks.map(\.row), targets: targets.map(\.row),
          number: detail.summary.number, issuedOn: detail.summary.issuedOn)
      }
      guard let stored else { throw ExitCode(69) }
      return stored
    }
  }

  /// `xaso plan cascade`: whether what communes promise can make the province's targets.
  struct Cascades: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cascade",
      abstract: "So chỉ tiêu của tỉnh với các xã. (Compare a province's targets with its communes'.)",
      discussion: """
        Tỷ lệ của tỉnh tính theo mẫu số (size) của từng xã; thiếu mẫu số thì cho khoảng. Mã thoát 1 khi có chỉ tiêu không thể đạt.
        (Shares are weighted by each commune's denominator (size); where it is missing the answer is an interval. Exits with 1 where
        a target cannot be reached.)
        """)

    @Argument(help: "Tệp kế hoạch của tỉnh. (The province's plan.)") var province: String
    @Argument(help: "Tệp kế hoạch của các xã. (The communes' plans.)") var communes: [String]
    @OptionGroup var options: Options

    func validate() throws {
      guard !communes.isEmpty else {
        throw ValidationError("Hãy nêu kế hoạch của các xã. (Name the plans of the communes.)")
      }
    }

    func run() throws {
      let province = try PlanFile.read(province, options.lang)
      let communes = try communes.map { try PlanFile.read($0, options.lang) }
      let cascade = Cascade(of: province, communes: communes)
      options.show(CascadeTable.of(cascade, options.lang), json: cascade)
      guard !cascade.lines.contains(where: { $0.reach.verdict == .missed }) else { throw ExitCode(1) }
    }
  }
}
