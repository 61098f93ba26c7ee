import ArgumentParser
import Bus
import FoundationEssentials
import Glibc
import PlanDocuments
import Schema
import Units

/// `xaso plan`: a unit's plans.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Kế hoạch năm. (Yearly plans.)",
    subcommands: [
      Read.self, Import.self, Check.self, Cascades.self, List.self, Show.self, Diff.self, PlanRow.self, Submit.self,
      Return.self, Approve.self, Issue.self, Close.self, Revoke.self, Discard.self, Subplans.self, AskForSubplans.self,
    ], aliases: ["ke-hoach"])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nhập một kế hoạch thành bản dự thảo. (Take a plan as a draft.)",
      discussion: """
        Tệp YAML (xem deploy/plans) được gửi ngay. Văn bản khác được đọc như “xaso plan read”, cho xem rồi hỏi. (A YAML
        file is sent at once; any other document is read, shown and asked about.)
        """)

    @Argument(help: "Tệp kế hoạch hoặc văn bản. (The plan's file or document.)")
    var file: String
    @Option(help: "Đơn vị của kế hoạch, khi văn bản không nói rõ. (The plan's unit, where the document does not tell.)")
    var unit: String?
    @Flag(help: "Gửi mà không hỏi. (Send without asking.)") var yes = false

    @Option(help: "Kế hoạch mà bản này điều chỉnh, thay thế. (The plan that it amends or replaces.)")
    var replaces: PlanReference?

    @Option(help: "Tên chung và các cơ quan của nó: cac-co-quan=vp,kt. (A collective lead and its offices.)")
    var collective: [CollectiveArgument] = []

    @Option(help: "proposal, implementation, committee, conclusion, inspection, office: mục đích. (What it is for.)")
    var purpose: Plan.Purpose?

    @Option(help: "Kết luận của cuộc họp do tổ chức này họp: bcd. (Conclusions: which committee met.)")
    var committee: Office.Code?

    @Option(help: "Ngày họp. (The day of the meeting.)")
    var met: Day?

    @OptionGroup var change: ChangeOptions

    func validate() throws {
      guard (committee == nil) == (met == nil) else {
        throw ValidationError("--committee và --met đi cùng nhau. (--committee and --met go together.)")
      }
    }

    func run() async throws {
      let lang = change.options.lang
      let form = PlanPaper.isForm(file) ? try PlanFile.form(file, lang) : nil
      try await change.make(
        { session, key in
          var document = try form ?? understood(home: session.home, lang)
          if !collective.isEmpty { document.head.collectives = collective.map(\.collective) }
          if let purpose { document.head.purpose = Open(purpose) }
          if let committee, let met { document.head.meeting = Meeting(committee: committee, on: met) }
          let replaced = try await replaces?.resolve(session, in: document.unit)
          return try await session.submit(document, replacing: replaced, key: key)
        }, show: { PlanTable.of([$0], lang) })
    }

    /// What an office's document says, once who sends it agreed.
    private func understood(home: Unit?, _ lang: Language) throws -> PlanDocument {
      let paper = try PlanPaper.read(file, unit: unit)
      let document = try paper.document(home: home)
      for line in paper.findings(lang) { Failure.complain(line) }
      try confirm(document, lang)
      return document
    }

    /// Shows what was understood in a line, and asks.
    private func confirm(_ document: PlanDocument, _ lang: Language) throws {
      let unit = Units[document.unit]?.fullName ?? document.unit.description
      let counts = document.counts
      Failure.complain(
        Text(
          vi: "\(document.head.title) – \(unit): \(counts.tasks) nhiệm vụ, \(counts.targets) chỉ tiêu.",
          en: "\(document.head.title) – \(unit): \(counts.tasks) tasks, \(counts.targets) targets.")(lang))
      guard !yes else { return }
      Output.write(Text(vi: "Gửi thành bản dự thảo? (c/k)", en: "Send it as a draft? (y/n)")(lang), to: STDERR_FILENO)
      guard let answer = readLine(), ["c", "co", "y", "yes"].contains(answer.folded) else {
        throw Complaint(vi: "Không gửi gì.", en: "Nothing was sent.", code: ExitCode(1))
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các kế hoạch của đơn vị và cấp dưới. (The plans of a unit and those below it.)")

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options
    @Option(help: "Năm. (The year.)") var year: Int?
    @Option(help: "Mục đích; của các kết luận kiểm tra: inspection. (What they are for.)") var purpose: Plan.Purpose?

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plans: [PlanSummary] = try await session.all(in: unit) {
          ListPlans(year: year, purpose: purpose, after: $0)
        }
        options.show(PlanTable.of(plans, options.lang), json: plans)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một kế hoạch; --csv in các chỉ tiêu. (One plan; --csv prints its targets.)")

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan.resolve(session, in: unit)
        let detail = try await session.ask(ShowPlan(plan: plan), in: unit).value
        let targets: [TargetSummary] = try await session.all(in: unit) { ListTargets(plan: plan, after: $0) }
        let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(plan: plan, after: $0) }
        let whole = PlanInFull(plan: detail, tasks: tasks, targets: targets)
        if options.json || options.csv {
          options.show(whole.targetTable(options.lang), json: whole)
        } else {
          for line in whole.lines(options.lang) { Output.write(line) }
        }
      }
    }
  }
}

/// `cac-co-quan=vp,kt,vh-xh`
struct CollectiveArgument: ExpressibleByArgument {
  let collective: Collective

  init?(argument: String) {
    let parts = argument.split(separator: "=").map(String.init)
    guard parts.count == 2, let code = Office.Code(parts[0]) else { return nil }
    let members = parts[1].split(separator: ",").map { Office.Code(String($0)) }
    guard !members.contains(nil) else { return nil }
    collective = Collective(code: code, members: members.compactMap(\.self))
  }
}

/// A plan's file, of our form or as an office wrote it.
enum PlanFile {
  /// - Throws: An exit code, after every mistake was named.
  static func read(_ path: String, _ lang: Language) throws -> PlanDocument {
    guard !PlanPaper.isForm(path) else { return try form(path, lang) }
    do {
      let paper = try PlanPaper.read(path, unit: nil)
      let plan = try paper.plan
      paper.warn(lang)
      return plan
    } catch let complaint as Complaint {
      Failure.complain(complaint.text(lang))
      throw complaint.code
    }
  }

  /// Reads the form of our own.
  static func form(_ path: String, _ lang: Language) throws -> PlanDocument {
    let yaml: String
    do {
      yaml = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    } catch {
      Failure.complain(
        Text(vi: "Không đọc được tệp \(path).", en: "The file \(path) cannot be read.")(lang))
      throw ExitCode(66)
    }
    do throws(PlanProblems) {
      return try PlanDocument.read(yaml: yaml)
    } catch {
      for problem in error.problems {
        Failure.complain("\(path): \(problem.written(lang))")
      }
      throw ExitCode(65)
    }
  }
}

/// Plans, a line each, by what a command may name them by.
enum PlanTable {
  static func of(_ plans: [PlanSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Số hoặc mã", en: "Number or id")),
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Ngày", en: "Date")),
      .init(title: Text(vi: "Trạng thái", en: "State")),
      .init(title: Text(vi: "Nhiệm vụ", en: "Tasks"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Targets"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
      .init(title: Text(vi: "Trích yếu", en: "Title"), isLong: true),
    ])
    for plan in plans {
      table.add(
        "\(plan.number?.description ?? plan.id.description)", "\(Units[plan.unit]?.name ?? plan.unit.description)",
        Table.Cell(plan.year), "\(plan.issuedOn?.written ?? "")", "\(plan.status.text(lang))",
        Table.Cell(plan.rows.tasks), Table.Cell(plan.rows.targets), Table.Cell(plan.lines == 0 ? nil : plan.planned),
        "\(plan.title)")
    }
    return table
  }
}

extension Open where Word == Plan.Status {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(let status): status.text(lang)
    case .unknown(let word): word
    }
  }
}
