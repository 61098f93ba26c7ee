import ArgumentParser
import Bus
import Schema
import Units

/// `xaso budget`: the plans' money.
struct BudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "Kinh phí: dự toán, phân bổ, giải ngân. (The plans' money.)",
    subcommands: [
      List.self, Totals.self, Entries.self, Allocate.self, Disburse.self, Book.self, Move.self, Reverse.self, Add.self,
      Split.self, Describe.self, Import.self, Reconcile.self, Check.self, Chase.self, Years.self, Close.self,
      Reopen.self, Spending.self,
    ], aliases: ["ngan-sach"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các dòng dự toán của đơn vị và cấp dưới. (The lines of a unit and those below it.)")

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int?
    @Option(help: "Chỉ của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @Option(help: "Chỉ của cơ quan chủ trì này. (Led by this office only.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let lines: [LineSummary] = try await session.all(in: unit) {
          ListLines(fiscalYear: year, plan: plan, office: office, after: $0)
        }
        let offices = options.json ? OfficeNames() : await session.offices(of: lines)
        options.show(LineTable.of(lines, offices, options.lang), json: lines)
      }
    }
  }

  struct Totals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tổng của một năm ngân sách: theo đơn vị, nguồn vốn, chủ trì. (One fiscal year added up.)",
      aliases: ["tong-hop"])

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let totals = try await session.ask(TotalBudget(fiscalYear: year), in: unit).value
        var offices = OfficeNames()
        // A province's codes are those of many communes, whose names for them may differ.
        if !options.json, unit.commune != nil {
          let lines: [LineSummary] = try await session.all(in: unit) { ListLines(fiscalYear: year, after: $0) }
          offices = await session.offices(of: lines)
        }
        options.show(TotalsTable.of(totals, offices, options.lang), json: totals)
      }
    }
  }

  struct Entries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sổ của một dòng dự toán. (The ledger of one line.)", aliases: ["so-chi-tiet"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let entries: [BudgetEntry] = try await session.all(in: unit) { ListEntries(line: line, after: $0) }
        options.show(EntryTable.of(entries, options.lang), json: entries)
      }
    }
  }
}
