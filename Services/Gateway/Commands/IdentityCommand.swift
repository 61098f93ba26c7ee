import ArgumentParser
import Bus
import Schema
import Units

/// `xaso identity`: the counts of Đề án 06, and the offices and villages that they are kept by.
struct IdentityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identity", abstract: "Định danh điện tử theo Đề án 06; cơ quan, thôn. (Electronic identity.)",
    subcommands: [Counts.self, Record.self, Offices.self, Keep.self, Retire.self, Merge.self, Project06.self],
    defaultSubcommand: Counts.self, aliases: ["dinh-danh"])

  struct Counts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Số liệu một tháng: của xã theo thôn, của tỉnh theo xã. (A month's counts.)", aliases: ["so-lieu"])

    @Option(help: "Tháng, như 2026-03. (The month.)") var month: Month
    @Flag(help: "Để công bố: bỏ các nhóm quá nhỏ. (For publication: without small groups.)") var published = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = ListCounts(month: month.period, published: published ? true : nil)
        let table = try await session.ask(request, in: try unit.resolve(session)).value
        options.show(CountsView.of(table.rows, total: table.total, options.lang), json: table)
      }
    }
  }

  struct Record: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi số liệu một tháng của một thôn. (Record a village's counts for a month.)", aliases: ["ghi"])

    @Argument(help: "Mã thôn. (The village's code.)") var village: Office.Code
    @Option(help: "Tháng, như 2026-03. (The month.)") var month: Month
    @Option(help: "Người trưởng thành. (Adults.)") var adults: Int64
    @Option(help: "Tài khoản mức độ 2 đã cấp. (Level 2 issued.)") var issued: Int64
    @Option(help: "Tài khoản mức độ 2 đã kích hoạt. (Level 2 activated.)") var activated: Int64
    @Option(help: "Chữ ký số cá nhân. (Digital signatures.)") var signatures: Int64
    @OptionGroup var version: VersionOption
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let counts = EnrolmentCounts(adults: adults, issued: issued, activated: activated, signatures: signatures)
          let request = RecordCounts(village: village, month: month.period, counts: counts)
          return try await session.ask(
            request, in: try unit.resolve(session), key: key, expecting: version.expecting
          ).value
        }, show: { CountsView.of([$0], total: nil, change.options.lang) })
    }
  }

  struct Offices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các cơ quan và thôn của đơn vị. (The unit's offices and villages.)", aliases: ["co-quan"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let offices: [OfficeSummary] = try await session.all(in: try unit.resolve(session)) {
          ListOffices(after: $0)
        }
        options.show(OfficeTable.of(offices, options.lang), json: offices)
      }
    }
  }

  struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thêm hoặc mô tả lại một cơ quan, một thôn. (Add or describe an office or a village.)",
      discussion: "Điều không nêu thì giữ nguyên. (What is not given stays.)", aliases: ["them"])

    @Argument(help: "Mã, như thon-1. (The code.)") var code: Office.Code
    @Argument(help: "Tên, như «Thôn 1». (The name.)") var name: String
    @Option(help: "Loại: \(Office.Kind.allCases.map(\.rawValue).joined(separator: ", ")). (The kind.)")
    var kind: Office.Kind = .village
    @Option(help: "Tên gọi khác; có thể nhiều lần. (Another name; several may be given.)") var alias: [String] = []
    @Option(help: "Chức năng, nhiệm vụ; có thể nhiều lần. (A duty; several may be given.)") var duty: [String] = []
    @Option(help: "Mã định danh điện tử, như H56.12.03 hoặc 000.03.12.H56. (The agency's code.)")
    var agency: AgencyCode?
    @Option(help: "Ngày bắt đầu hoạt động. (Its first day.)") var since: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let office = OfficeSummary(
            code: code, name: name, kind: Open(kind), aliases: alias.isEmpty ? nil : alias,
            duties: duty.isEmpty ? nil : duty, agency: agency, since: since)
          return try await session.ask(KeepOffice(office: office), in: try unit.resolve(session), key: key).value
        }, show: { OfficeTable.of([$0], change.options.lang) })
    }
  }

  struct Retire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một cơ quan, một thôn thôi hoạt động. (An office or a village ends.)",
      discussion: """
        Số liệu các tháng trước giữ nguyên, kể cả số thôn phải báo cáo. Bỏ --last để hoạt động lại.
        (What is known of earlier months stays. Without --last it goes on after all.)
        """, aliases: ["thoi"])

    @Argument(help: "Mã. (The code.)") var code: Office.Code
    @Option(help: "Ngày cuối cùng. (Its last day.)") var last: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = RetireOffice(office: code, last: last)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { OfficeTable.of([$0], change.options.lang) })
    }
  }
}

/// Counts, a line for each village or commune, and their sum.
enum CountsView {
  static func of(_ rows: [CountsRow], total: CountsRow?, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Thôn, xã", en: "Village, commune"), isLong: true),
      .init(title: Text(vi: "Thôn đã báo cáo", en: "Villages in"), isNumber: true),
      .init(title: Text(vi: "Trưởng thành", en: "Adults"), isNumber: true),
      .init(title: Text(vi: "Mức 2 đã cấp", en: "Level 2 issued"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
      .init(title: Text(vi: "Đã kích hoạt", en: "Activated"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
      .init(title: Text(vi: "Chữ ký số", en: "Signatures"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
    ])
    for row in rows { add(row, named: name(of: row, in: total?.unit), to: &table) }
    if let total { add(total, named: Text(vi: "Cộng", en: "Total")(lang), to: &table) }
    return table
  }

  private static func add(_ row: CountsRow, named name: String, to table: inout Table) {
    guard let counts = row.counts else {
      let said = row.suppressed == true ? "***" : "—"
      table.add(
        "\(name)", "\(row.reported)/\(row.expected)", "\(said)", "\(said)", "—", "\(said)", "—", "\(said)", "—")
      return
    }
    func rate(_ part: Int64) -> Table.Cell { Table.Cell(percent(part, of: counts.adults)) }
    table.add(
      "\(name)", "\(row.reported)/\(row.expected)", Table.Cell(counts.adults), Table.Cell(counts.issued),
      rate(counts.issued), Table.Cell(counts.activated), rate(counts.activated), Table.Cell(counts.signatures),
      rate(counts.signatures))
  }

  static func percent(_ part: Int64, of whole: Int64) -> String {
    Ratio(part, of: whole)?.percentWritten ?? "—"
  }

  /// A village of a commune that was merged into the unit is named with it.
  private static func name(of row: CountsRow, in unit: Unit?) -> String {
    guard let village = row.village else { return name(of: row.unit) }
    return (unit ?? row.unit) == row.unit ? village.name : "\(village.name) (\(name(of: row.unit)))"
  }

  private static func name(of unit: Unit) -> String { Units[unit]?.name ?? unit.description }
}

/// Offices and villages, a line each.
enum OfficeTable {
  static func of(_ offices: [OfficeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Code")),
      .init(title: Text(vi: "Tên", en: "Name"), isLong: true),
      .init(title: Text(vi: "Loại", en: "Kind")),
      .init(title: Text(vi: "Mã định danh", en: "Agency code")),
      .init(title: Text(vi: "Ghi chú", en: "Note"), isLong: true),
    ])
    for office in offices {
      table.add(
        "\(office.code)", "\(office.name)", "\(office.kind.text(lang))", "\(office.agency?.description ?? "")",
        "\(note(office, lang))")
    }
    return table
  }

  private static func note(_ office: OfficeSummary, _ lang: Language) -> String {
    var notes = (office.aliases ?? []).map { "«\($0)»" } + (office.duties ?? [])
    if let since = office.since { notes.append(Text(vi: "từ \(since.written)", en: "from \(since)")(lang)) }
    if let until = office.until { notes.append(Text(vi: "đến hết \(until.written)", en: "through \(until)")(lang)) }
    return notes.joined(separator: "; ")
  }
}

extension Open where Word == Office.Kind {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.office): Text(vi: "cơ quan", en: "office")(lang)
    case .known(.village): Text(vi: "thôn", en: "village")(lang)
    case .known(.school): Text(vi: "trường học", en: "school")(lang)
    case .known(.station): Text(vi: "trạm y tế", en: "health station")(lang)
    case .known(.team): Text(vi: "tổ", en: "team")(lang)
    case .known(.committee): Text(vi: "ban chỉ đạo", en: "committee")(lang)
    case .known(.centre): Text(vi: "trung tâm", en: "service centre")(lang)
    case .known(.police): Text(vi: "công an", en: "police")(lang)
    case .known(.outside): Text(vi: "ngoài đơn vị", en: "outside")(lang)
    case .unknown(let word): word
    }
  }
}
