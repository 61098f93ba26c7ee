import ArgumentParser
import Bus
import Schema
import Units

/// Đề án 06 in one view, as its working group asks for it each month: how far people are, what was promised, what was to
/// be done.
extension IdentityCommand {
  struct Project06: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: "Đề án 06 trong một trang: số liệu, chỉ tiêu, nhiệm vụ. (Project 06 in one view.)",
      discussion: """
        Sổ sức khỏe điện tử (Trạm Y tế) và thanh toán không dùng tiền mặt (Phòng VH-XH) được nhập theo thôn bằng
        xaso indicator observe --village. (Health books and payments are entered by village as indicators.)
        """, aliases: ["bao-cao", "de-an-06"])

    @Option(help: "Tháng, như 2026-03. (The month.)") var month: Month
    @Option(help: "counts, indicators, tasks: một phần; CSV cần nêu. (One part; a CSV needs it.)")
    var part: Project06View.Part?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      guard !options.csv || part != nil else {
        throw Complaint(
          vi: "Mỗi tệp CSV là một bảng: hãy nêu --part counts, indicators hoặc tasks.",
          en: "A CSV is one table: name --part counts, indicators or tasks.", code: ExitCode(64))
      }
      try await options.session { session in
        let unit = try unit.resolve(session)
        let view = try await Project06View(month.period, of: unit, session)
        if options.json { return Output.json(view) }
        let offices = await session.offices(
          of: view.tasks.map { ($0.plan, $0.unit) } + view.indicators.map { ($0.target.plan, $0.unit) })
        for (name, title, table) in view.tables(offices, options.lang) where part == nil || part == name {
          if options.csv {
            options.show(table)
          } else {
            Output.write(title(options.lang))
            options.show(table)
            Output.write("")
          }
        }
      }
    }
  }
}

/// What is known of Đề án 06 in a unit.
struct Project06View: Encodable {
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case counts, indicators, tasks
  }

  let month: Period
  let counts: CountsTable
  let indicators: [IndicatorSummary]
  let tasks: [TaskSummary]

  init(_ month: Period, of unit: Unit, _ session: Session) async throws {
    self.month = month
    counts = try await session.ask(ListCounts(month: month), in: unit).value
    let indicators: [IndicatorSummary] = try await session.all(in: unit) { ListIndicators(after: $0) }
    let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(year: month.year, after: $0) }
    // A province has those of its communes under each of them.
    self.indicators = indicators.filter { $0.unit == unit && Self.isMeant($0.name) }
    self.tasks = tasks.filter { $0.unit == unit && (Self.isMeant($0.row.name) || Self.isMeant($0.row.reference ?? "")) }
  }

  /// Folded phrases, of which one says that Đề án 06 is meant.
  private static let phrases = [
    "de an 06", "dinh danh", "vneid", "chu ky so", "so suc khoe", "ho so suc khoe", "khong dung tien mat",
    "thanh toan dien tu", "du lieu dan cu", "can cuoc", "an sinh",
  ]

  static func isMeant(_ text: String) -> Bool {
    let words = " \(text.folded) "
    return phrases.contains { words.contains(" \($0) ") }
  }

  func tables(_ offices: OfficeNames, _ lang: Language) -> [(Part, Text, Table)] {
    [
      (
        .counts, Text(vi: "I. Định danh điện tử, chữ ký số theo thôn", en: "I. Electronic identity and signatures"),
        CountsView.of(counts.rows, total: counts.total, lang)
      ),
      (
        .indicators, Text(vi: "II. Chỉ tiêu Đề án 06", en: "II. Indicators of Project 06"),
        IndicatorTable.of(indicators, offices, lang)
      ),
      (.tasks, Text(vi: "III. Nhiệm vụ Đề án 06", en: "III. Tasks of Project 06"), TaskTable.of(tasks, offices, lang)),
    ]
  }
}
