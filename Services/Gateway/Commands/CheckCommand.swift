import ArgumentParser
import Bus
import FoundationEssentials
import PlanDocuments
import Schema
import Units

extension PlanCommand {
  /// `xaso plan check`: what is wrong with a plan, before the chair signs it.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kiểm tra một kế hoạch trước khi ký. (Check a plan before it is signed.)",
      discussion: "Mã thoát 1 khi có lỗi, 0 khi không. (Exits with 1 where there are errors, else with 0.)")

    @Argument(
      help: "Tệp kế hoạch, hoặc số hay mã kế hoạch đã nhập. (A plan's file, or the number or id of a stored one.)")
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
        for line in FindingList.lines(of: findings, options.lang) { print(line) }
      }
      guard !findings.contains(where: { $0.severity == .error }) else { throw ExitCode(1) }
    }

    /// From a file where there is one of that name, else from the service.
    private func document() async throws -> PlanDocument {
      let isFile = FileManager.default.fileExists(atPath: plan) || plan.hasSuffix(".yaml") || plan.hasSuffix(".yml")
      guard !isFile, let reference = PlanReference(argument: plan) else { return try PlanFile.read(plan, options.lang) }
      var stored: PlanDocument?
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await reference.resolve(session, in: unit)
        let detail = try await session.ask(ShowPlan(plan: plan), in: unit).value
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
      guard !communes.isEmpty else { throw ValidationError("name the plans of the communes") }
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

/// Findings as people read them, the gravest first within the order of the rules.
enum FindingList {
  static func lines(of findings: [Finding], _ lang: Language) -> [String] {
    var lines: [String] = []
    for severity in Finding.Severity.allCases {
      for finding in findings where finding.severity == severity {
        lines.append("\(finding.rule.rawValue)  \(severity.text(lang)): \(finding.problem(lang))")
        if !finding.places.isEmpty { lines.append("      \(Text(vi: "ở", en: "at")(lang)): \(places(finding, lang))") }
        lines.append("      → \(finding.advice(lang))")
      }
    }
    return lines + [summary(of: findings, lang)]
  }

  static func table(of findings: [Finding], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Rule")),
      .init(title: Text(vi: "Mức", en: "Severity")),
      .init(title: Text(vi: "Vị trí", en: "Place")),
      .init(title: Text(vi: "Vấn đề", en: "Problem"), isLong: true),
      .init(title: Text(vi: "Cần làm", en: "What to do")),
    ])
    for finding in findings {
      table.add(
        "\(finding.rule.rawValue)", "\(finding.severity.text(lang))",
        "\(finding.places.map { $0.text(lang) }.joined(separator: "; "))", "\(finding.problem(lang))",
        "\(finding.advice(lang))")
    }
    return table
  }

  /// The first dozen; JSON and CSV have them all.
  private static func places(_ finding: Finding, _ lang: Language) -> String {
    let texts = finding.places.map { $0.text(lang) }
    return texts.prefix(12).joined(separator: ", ") + (texts.count > 12 ? " … (+\(texts.count - 12))" : "")
  }

  private static func summary(of findings: [Finding], _ lang: Language) -> String {
    guard !findings.isEmpty else { return Text(vi: "Không có vấn đề nào.", en: "Nothing was found.")(lang) }
    return Finding.Severity.allCases.compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.text(lang))"
    }.joined(separator: ", ")
  }
}

/// A cascade, a target a line.
enum CascadeTable {
  static func of(_ cascade: Cascade, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Tỉnh giao", en: "Asked"), isNumber: true),
      .init(title: Text(vi: "Các xã hứa", en: "Promised"), isNumber: true),
      .init(title: Text(vi: "Kết luận", en: "Verdict")),
      .init(title: Text(vi: "Xã hứa thấp hơn", en: "Promised less")),
      .init(title: Text(vi: "Xã không nêu", en: "Promised nothing")),
    ])
    for line in cascade.lines {
      table.add(
        "\(line.target.number)", "\(line.target.indicator)", "\(line.target.promise(lang))", "\(range(line))",
        "\(verdict(line.reach, lang))", "\(names(line, .less))", "\(names(line, .missing))")
    }
    return table
  }

  private static func range(_ line: Cascade.Line) -> String {
    guard let least = line.reach.least else { return "–" }
    let unit = line.target.unit ?? ""
    guard let most = line.reach.most else { return "≥ \(least.written) \(unit)" }
    return (least == most ? least.written : "\(least.written) – \(most.written)") + " \(unit)"
  }

  private static func names(_ line: Cascade.Line, _ standing: Cascade.Share.Standing) -> String {
    line.shares.filter { $0.standing == standing }.map { Units[$0.unit]?.name ?? $0.unit.description }
      .joined(separator: ", ")
  }

  private static func verdict(_ reach: Cascade.Reach, _ lang: Language) -> String {
    switch reach.verdict {
    case .reached: Text(vi: "đạt được", en: "can be reached")(lang)
    case .missed: Text(vi: "không thể đạt", en: "cannot be reached")(lang)
    case .open:
      Text(
        vi: "chưa rõ, thiếu mẫu số hoặc lời hứa của \(reach.unknown) xã",
        en: "open: denominator or promise of \(reach.unknown) communes is not known")(lang)
    case .notComparable: Text(vi: "không so được", en: "not comparable")(lang)
    }
  }
}
