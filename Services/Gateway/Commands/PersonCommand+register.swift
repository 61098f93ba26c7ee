import ArgumentParser
import Bus
import FoundationEssentials
import Schema
import Units

/// The register as a whole: opened, filled, counted.
extension PersonCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Căn cứ mở sổ, số người, độ đúng, đủ, sạch, sống. (The register's basis and quality.)",
      aliases: ["xem"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let register = try await session.ask(ShowRegister(), in: try unit.resolve(session)).value
        options.show(RegisterTable.of(register, options.lang), json: register)
      }
    }
  }

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mở sổ theo một văn bản căn cứ; do lãnh đạo làm. (Open the register on a legal basis.)",
      aliases: ["mo"])

    @Option(help: "Số, ký hiệu văn bản căn cứ. (The document.)") var basis: DocumentNumber
    @Option(help: "Ngày ban hành. (Its date.)") var issued: Day
    @Option(help: "Mục đích. (What it is kept for.)") var purpose: String
    @Option(help: "Số tháng lưu người đã chuyển đi, đã mất. (Months that those who left are kept.)") var months = 24
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = OpenRegister(basis: basis, issued: issued, purpose: purpose, months: months)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { RegisterTable.of($0, change.options.lang) })
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đóng sổ theo một văn bản. (Close the register.)", aliases: ["dong"])

    @Option(help: "Số, ký hiệu văn bản. (The document.)") var document: DocumentNumber
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = CloseRegister(document: document)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { RegisterTable.of($0, change.options.lang) })
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nhập một danh sách (.xlsx hoặc CSV UTF-8) vào sổ. (Import a list.)",
      discussion: """
        Cột hiểu được: Số định danh, Họ tên, Ngày sinh, Giới tính, Thôn, Định danh mức 2, Từ ngày, Chữ ký số, Ngày đối
        chiếu. Họ tên chỉ để so trùng, không lưu. Dòng sai được nêu số dòng và không nhập; dòng khác vẫn nhập.
        (Rows that are wrong are named and not taken; the others are.)

        Giới tính: Nam, Nữ. Định danh mức 2: chưa, đã đăng ký, đã xác minh, đã cấp (mức 2), đã kích hoạt, tạm khóa, đã hủy
        hoặc thu hồi. Chữ ký số: không, có (x, cá nhân), công vụ; có dấu hay không, hoa hay thường đều được.
        (Sex: male, female. Level 2: none, registered, verified, issued, activated, suspended, revoked. Signature: none,
        personal, official.)
        """, aliases: ["nhap"])

    @Argument(help: "Tệp. (The file.)") var file: String
    @Flag(help: "Nhận số bị Excel xóa số 0 ở đầu, sau khi thêm lại. (Put eaten zeros back.)") var pad = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let lang = change.options.lang
      var refused = 0
      try await change.make(
        { session, key in
          let sheet = try read()
          let unit = try unit.resolve(session)
          let bar = ProgressBar(Text(vi: "Đang nhập", en: "Importing"), of: sheet.lines.count, lang)
          var (total, sent) = (ImportSummary(), 0)
          for (index, part) in sheet.parts(pads: pad).enumerated() {
            // All keys are made of the first one: run again under it, nothing is taken twice.
            let key = UUIDv7(high: key.high, low: key.low &+ UInt64(index))
            let summary = try await session.ask(part, in: unit, key: key, ttl: .seconds(60)).value
            total.add(summary)
            sent += summary.rows
            bar.show(sent)
          }
          refused = total.refused
          for heading in sheet.ignored {
            Failure.complain(Text(vi: "Bỏ qua cột «\(heading)».", en: "The column “\(heading)” was left out.")(lang))
          }
          return total
        }, show: { FindingTable.of($0, lang) })
      if refused > 0 { throw ExitCode(1) }
    }

    private func read() throws -> PersonSheet {
      guard let data = try? Data(contentsOf: URL(filePath: file)) else {
        throw Complaint(vi: "Không đọc được tệp \(file).", en: "The file \(file) cannot be read.", code: ExitCode(66))
      }
      return try PersonSheet(data)
    }
  }

  struct Statistics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thống kê hiện nay: của xã theo thôn, của tỉnh theo xã. (How many there are now.)",
      aliases: ["thong-ke"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let table = try await session.ask(ReadStatistics(), in: try unit.resolve(session)).value
        options.show(StatisticsView.of(table, options.lang), json: table)
      }
    }
  }

  struct Count: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Chốt số liệu tháng này từ sổ, thay số nhập tay. (Record this month's counts from the register.)",
      aliases: ["chot"])

    @Option(help: "Tháng này, như 2026-03. (This month.)") var month: Month
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = CountRegister(month: month.period)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { CountsView.of($0.rows, total: $0.total, change.options.lang) })
    }
  }

  struct Rekey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mã hóa lại các số bằng khóa mới; do người vận hành làm. (Seal the numbers with a new key.)",
      aliases: ["doi-khoa"])

    @Flag(help: "Làm tiếp lần trước, không tạo khóa mới. (Go on with the last one.)") var goOn = false
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        var state = Rekeying(done: 0, left: 1)
        var begins = !goOn
        while state.left > 0 {
          state = try await session.ask(RekeyRegister(begins: begins), in: nil, ttl: .seconds(20)).value
          begins = false
          ProgressBar(
            Text(vi: "Đang mã hóa lại", en: "Sealing"), of: Int(state.done + state.left), options.lang
          ).show(Int(state.done))
        }
        var table = Table([.init(title: Text(vi: "Đã mã hóa bằng khóa mới", en: "Sealed anew"), isNumber: true)])
        table.add(Table.Cell(state.done))
        options.show(table, json: state)
      }
    }
  }
}

extension ImportSummary {
  fileprivate var rows: Int { added + changed + unchanged + refused }

  fileprivate mutating func add(_ other: ImportSummary) {
    added += other.added
    changed += other.changed
    unchanged += other.unchanged
    refused += other.refused
    findings += other.findings
    if let more = other.unsaid { unsaid = (unsaid ?? 0) + more }
  }
}

/// A register: its basis and its quality, a line each.
enum RegisterTable {
  static func of(_ register: RegisterSummary, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Sổ theo dõi định danh", en: "Person register")),
      .init(title: Text(vi: "", en: ""), isLong: true),
    ])
    func add(_ title: Text, _ value: String) { table.add("\(title(lang))", "\(value)") }
    add(Text(vi: "Đơn vị", en: "Unit"), Units[register.unit]?.name ?? register.unit.description)
    add(Text(vi: "Căn cứ", en: "Basis"), "\(register.basis), \(register.issued.written)")
    add(Text(vi: "Mục đích", en: "Purpose"), register.purpose)
    add(
      Text(vi: "Lưu người đã rời đi", en: "Those who left are kept"),
      Text(vi: "\(register.months) tháng", en: "\(register.months) months")(lang))
    add(Text(vi: "Mở ngày", en: "Opened"), register.opened.written)
    func ended(_ day: Day, by document: DocumentNumber?) -> String {
      day.written + (document.map { " (\($0))" } ?? "")
    }
    if let closed = register.closed {
      add(Text(vi: "Đóng ngày", en: "Closed"), ended(closed, by: register.closedBy))
    }
    for opening in register.before ?? [] {
      add(
        Text(vi: "Trước đó", en: "Before"),
        "\(opening.basis), \(opening.issued.written): \(opening.opened.written) – "
          + (opening.closed.map { ended($0, by: opening.closedBy) } ?? ""))
    }
    let quality = register.quality
    add(Text(vi: "Số người", en: "People"), Money(dong: quality.people).written)
    for (title, count) in [
      (Text(vi: "Đúng", en: "Correct"), quality.correct), (Text(vi: "Đủ", en: "Complete"), quality.complete),
      (Text(vi: "Sạch", en: "Clean"), quality.clean), (Text(vi: "Sống", en: "Live"), quality.live),
    ] {
      add(title, quality.people == 0 ? "—" : Figure(count, of: quality.people).written(in: Indicator.percent))
    }
    return table
  }
}

/// What an import did: its findings by line, then how many of what.
enum FindingTable {
  static func of(_ summary: ImportSummary, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dòng", en: "Line"), isNumber: true),
      .init(title: Text(vi: "Kết quả", en: "Result")),
      .init(title: Text(vi: "Vì sao, làm gì", en: "Why, and what to do"), isLong: true),
    ])
    for finding in summary.findings {
      let isError = finding.kind.known?.isError ?? true
      let result = isError ? Text(vi: "không nhập", en: "not taken") : Text(vi: "đã nhập", en: "taken")
      table.add(Table.Cell(finding.line), "\(result(lang))", "\(finding.kind.text(lang))")
    }
    if let more = summary.unsaid {
      let rest = Text(
        vi: "Còn \(more) điều lạ ở các dòng đã nhập; hãy xem các dòng trên trước.",
        en: "\(more) more about lines that were taken; look at those above first.")
      table.add("", "…", "\(rest(lang))")
    }
    let counts = Text(
      vi: "mới \(summary.added), đổi \(summary.changed), như cũ \(summary.unchanged), không nhập \(summary.refused)",
      en:
        "\(summary.added) new, \(summary.changed) changed, \(summary.unchanged) as before, \(summary.refused) not taken"
    )
    table.add("", "\(Text(vi: "Cộng", en: "Total")(lang))", "\(counts(lang))")
    return table
  }
}

extension Schema.Open where Word == RowFinding.Kind {
  func text(_ lang: Language) -> String {
    guard case .known(let kind) = self else { return if case .unknown(let word) = self { word } else { "" } }
    let text =
      switch kind {
      case .fields: Text(vi: "Dòng không đủ cột.", en: "Columns are missing.")
      case .notDigits: Text(vi: "Số định danh có ký tự không phải chữ số.", en: "The number has other than digits.")
      case .wrongLength: Text(vi: "Số định danh phải có 12 chữ số.", en: "A personal number has 12 digits.")
      case .zerosEaten:
        Text(
          vi: "Thiếu số 0 ở đầu (Excel đã xóa); chạy lại với --pad để nhận số đã thêm 0.",
          en: "Zeros are missing at its beginning; run again with --pad to put them back.")
      case .oldNumber: Text(vi: "Số CMND 9 số đã hết giá trị; cần số định danh.", en: "An old 9-digit card number.")
      case .unknownPlace: Text(vi: "Ba số đầu không phải mã tỉnh, mã nước.", en: "The first three digits are no place.")
      case .future: Text(vi: "Năm sinh trong số chưa đến.", en: "The number's year of birth has not come.")
      case .badDay: Text(vi: "Ngày không đúng; viết như 17/05/1995.", en: "Not a day; write 17/05/1995.")
      case .unknownVillage:
        Text(
          vi: "Đơn vị không có thôn này; xem: xaso identity offices.",
          en: "No such village; see: xaso identity offices.")
      case .unknownWord:
        Text(
          vi: "Không hiểu giới tính, trạng thái hoặc chữ ký số; các từ nhận được: xaso person import --help.",
          en: "A word for sex, state or signature is not known; those that are: xaso person import --help.")
      case .cannotFollow:
        Text(vi: "Trạng thái định danh không thể chuyển như vậy.", en: "The identity cannot go to that state.")
      case .twoNames:
        Text(
          vi: "Số này đã có với tên hoặc ngày sinh khác; hãy quyết định: xaso person duplicates.",
          en: "The number is there with another name or birth; decide it: xaso person duplicates.")
      case .decidedName:
        Text(
          vi: "Đã quyết định: tên hoặc ngày sinh này không phải của số này; hãy sửa trong danh sách.",
          en: "Decided before: this name or birth is not that number's; correct it in the list.")
      case .gone:
        Text(
          vi: "Người này đã chuyển đi, đã mất hoặc đã đổi số; nếu đã trở về: xaso person update --returned.",
          en: "Moved, died or renumbered; who came back: xaso person update --returned.")
      case .padded: Text(vi: "Đã thêm số 0 ở đầu; hãy đối chiếu.", en: "Zeros were put back; compare it.")
      case .sexDisagrees: Text(vi: "Giới tính khác với số định danh.", en: "The sex is not what the number says.")
      case .yearDisagrees: Text(vi: "Năm sinh khác với số định danh.", en: "The year is not what the number says.")
      case .underFourteen:
        Text(
          vi: "Chưa đủ 14 tuổi mà có định danh; kiểm tra người giám hộ.", en: "Under 14 with an electronic identity.")
      case .likeAnother:
        Text(
          vi: "Trùng tên và ngày sinh với người khác; hãy quyết định: xaso person duplicates.",
          en: "The name and birth of somebody else; decide it: xaso person duplicates.")
      }
    return text(lang)
  }
}

/// How many there are, a line for each village or commune, and their sum.
enum StatisticsView {
  static func of(_ statistics: StatisticsTable, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Thôn, xã", en: "Village, commune"), isLong: true),
      .init(title: Text(vi: "Số người", en: "People"), isNumber: true),
      .init(title: Text(vi: "Trưởng thành", en: "Adults"), isNumber: true),
      .init(title: Text(vi: "Đang làm", en: "Pending"), isNumber: true),
      .init(title: Text(vi: "Đã cấp", en: "Issued"), isNumber: true),
      .init(title: Text(vi: "Kích hoạt", en: "Activated"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
      .init(title: Text(vi: "Tạm khóa", en: "Suspended"), isNumber: true),
      .init(title: Text(vi: "Chữ ký số", en: "Signatures"), isNumber: true),
    ])
    func add(_ row: StatisticsRow, _ name: String) {
      table.add(
        "\(name)", Table.Cell(row.people), Table.Cell(row.counts.adults), Table.Cell(row.pending),
        Table.Cell(row.counts.issued), Table.Cell(row.counts.activated),
        "\(CountsView.percent(row.counts.activated, of: row.counts.adults))", Table.Cell(row.suspended),
        Table.Cell(row.counts.signatures))
    }
    for row in statistics.rows {
      let isUnplaced = row.village == nil && row.unit == statistics.total.unit
      let unplaced = Text(vi: "(chưa rõ thôn)", en: "(no village known)")(lang)
      add(row, row.village?.name ?? (isUnplaced ? unplaced : Units[row.unit]?.name ?? row.unit.description))
    }
    add(statistics.total, Text(vi: "Cộng", en: "Total")(lang))
    return table
  }
}
