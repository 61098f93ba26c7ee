import ArgumentParser
import Bus
import Schema
import Units

/// Why something stands so, and sums of everything.
extension IndicatorCommand {
  struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Vì sao chỉ tiêu được đánh giá như vậy, từng phép tính. (Why it stands so, every step.)",
      aliases: ["vi-sao"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Option(help: "Như báo cáo của kỳ này; không nêu là hôm nay. (As a report of this period has it.)")
    var period: Period?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicator = try await indicator.resolve(session, in: unit, of: plan)
        let request = ExplainStanding(indicator: indicator, period: period)
        let explained = try await session.ask(request, in: unit).value
        var table = Table([
          .init(
            title: Text(
              vi: "\(explained.indicator.name): \(explained.indicator.standing.text(.vietnamese))",
              en: "\(explained.indicator.name): \(explained.indicator.standing.text(.english))"), isLong: true)
        ])
        for step in explained.steps { table.add(Table.Cell(step(options.lang))) }
        options.show(table, json: explained)
      }
    }
  }

  struct WhyLocked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "why-locked", abstract: "Vì sao một kỳ đã khóa. (Why a period is locked.)",
      aliases: ["vi-sao-khoa"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Option(help: "Kỳ. (The period.)") var period: Period
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicator = try await indicator.resolve(session, in: unit, of: plan)
        let explained = try await session.ask(ExplainLock(indicator: indicator, period: period), in: unit).value
        var table = Table([
          .init(title: Text(vi: "Ngày", en: "Day")),
          .init(
            title: explained.isLocked ? Text(vi: "Đã khóa", en: "Locked") : Text(vi: "Đang mở", en: "Open"),
            isLong: true),
        ])
        for cause in explained.causes { table.add("\(cause.day.written)", Table.Cell(cause.text(options.lang))) }
        options.show(table, json: explained)
      }
    }
  }

  struct RollUpAll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "table",
      abstract: "Mọi chỉ tiêu của tỉnh trong một kỳ. (All indicators of a province for a period.)",
      aliases: ["bang-cong-don"])

    @Option(help: "Kỳ. (The period.)") var period: Period
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.orCountry(session)
        var whole = RollUpSummary(period: period, lines: [])
        var after: String?
        repeat {
          let part = try await session.ask(ShowRollUpTable(period: period, after: after), in: unit).value
          whole.lines += part.lines
          whole.basis = part.basis
          after = part.next
        } while after != nil
        var table = Table([
          .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
          .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
          .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
          .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
          .init(title: Text(vi: "Đã báo cáo", en: "Reported"), isNumber: true),
        ])
        for line in whole.lines {
          let total = line.total.map { Figure($0.numerator, of: $0.denominator) }
          let sum = line.sum.map { Figure($0) }
          let none = line.reported == 0 ? "" : Text(vi: "không cộng được", en: "not addable")(options.lang)
          table.add(
            "\(line.name)", (total ?? sum).map { Table.Cell(result: $0, in: line.measure) } ?? Table.Cell(none),
            Table.Cell(total?.numerator), Table.Cell(total?.denominator), "\(line.reported)/\(line.expected)")
        }
        options.show(table, json: whole)
        options.say(whole.basis)
      }
    }
  }

  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi nhận sáp nhập xã: số liệu cũ được cộng lại. (Record a merger of communes.)",
      aliases: ["sap-nhap"])

    @Argument(help: "Xã thôi tồn tại. (The commune that ends.)") var from: String
    @Argument(help: "Xã tiếp nhận. (The commune that it goes on in.)") var into: String
    @Option(help: "Ngày đầu tiên của đơn vị mới. (The first day of the merged unit.)") var on: Day
    @Option(help: "Nghị quyết. (The resolution.)") var document: DocumentNumber
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let merger = Merger(
        from: try UnitOption.find(from), into: try UnitOption.find(into), day: on, document: document)
      try await change.make(
        { session, key in
          try await session.ask(RecordMerger(merger: merger), in: session.home, key: key).value
        }, show: { MergerTable.of($0) })
    }
  }

  struct Unmerge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hủy một sáp nhập ghi nhầm cho chỉ tiêu. (Take back a merger that was recorded by mistake.)",
      aliases: ["huy-sap-nhap"])

    @Argument(help: "Xã đã ghi là thôi tồn tại. (The commune that was said to have ended.)") var from: String
    @Option(help: "Văn bản đính chính. (The document that corrects it.)") var document: DocumentNumber
    @Option(help: "Lý do. (Why.)") var reason: String
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let request = RevokeMerger(from: try UnitOption.find(from), document: document, reason: reason)
      try await change.make(
        { session, key in try await session.ask(request, in: session.home, key: key).value },
        show: { MergerTable.of($0) })
    }
  }
}
