import ArgumentParser
import Bus
import Schema
import Units

/// What indicators are: looked up, defined by a commune or a province, adopted by a province.
extension IndicatorCommand {
  struct Catalogue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Danh mục chỉ tiêu: dùng chung, của tỉnh, của xã. (The catalogue: shared, the province's, the commune's.)",
      aliases: ["danh-muc"])

    @Argument(help: "Mã, tên hoặc một phần tên, không cần dấu. (A code, a name or a part of it.)") var name: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let entries: [DefinedIndicator] = try await session.all(in: unit) { ListDefinitions(name: name, after: $0) }
        options.show(CatalogueTable.of(entries, options.lang), json: entries)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một chỉ tiêu của danh mục: loại, tử số, mẫu số, cách cộng. (What an indicator is, whole.)",
      aliases: ["xem"])

    @Argument(help: "Mã, ví dụ tthc.so-hoa. (Its code.)") var code: Slug
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let entries: [DefinedIndicator] = try await session.all(in: unit) {
          ListDefinitions(name: code.description, after: $0)
        }
        let found = entries.filter { $0.definition.code == code }
        guard let entry = found.first else {
          throw Refusal.notFound("chỉ tiêu trong danh mục", "indicator of the catalogue", code, at: "code")
        }
        options.show(DefinitionTable.of(entry, options.lang), json: entry)
      }
    }
  }

  struct Define: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thêm hoặc sửa một chỉ tiêu riêng. (Add an indicator of one's own, or change it.)",
      discussion: """
        Loại: ratio (tỷ lệ, đơn vị %), count (số phát sinh trong kỳ), snapshot (số tại ngày cuối kỳ), amount (tiền),
        score (điểm), yes-no (có/không: 1 hoặc 0), qualitative (định tính), report-only (chỉ báo cáo).
        --over-time: sum (cộng các kỳ), last (lấy kỳ cuối), none. --over-units: sum, ratio (cộng tử, cộng mẫu), none.
        Kinds: ratio, count (in the period), snapshot (on its last day), amount, score, yes-no, qualitative, report-only.
        """, aliases: ["dinh-nghia"])

    @Argument(help: "Mã, ví dụ thon.lop-hoc-so. (Its code.)") var code: Slug
    @Option(help: "Tên. (Its name.)") var name: String
    @Option(help: "Tên tiếng Anh. (Its English name.)") var nameEn: String?
    @Option(help: "Loại. (Its kind.)") var kind: Indicator.Kind
    @Option(help: "Đơn vị tính; tỷ lệ là %. (What it is measured in.)") var measure: String?
    @Option(help: "Tử số, hoặc cái được đếm. (The numerator, or what is counted.)") var numerator: String?
    @Option(help: "Mẫu số. (The denominator.)") var denominator: String?
    @Option(help: "Cộng theo thời gian. (Over time.)") var overTime: Indicator.OverTime?
    @Option(help: "Cộng các đơn vị. (Over units.)") var overUnits: Indicator.OverUnits?
    @Option(help: "Minh chứng cần có. (The evidence wanted.)") var evidence: String?
    @Option(help: "Cấp theo dõi: village, commune, province. (Where it is counted.)") var owner = Indicator.Level
      .commune
    @Option(help: "Theo văn bản nào, lần ban hành nào. (The document and its edition.)") var edition: String
    @Option(help: "Cũng gọi là, nhiều lần được. (Also called.)") var alias: [String] = []
    @Flag(help: "Càng ít càng tốt. (Less is better.)") var less = false
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      func both(_ text: String?) -> Text? { text.map { Text(vi: $0, en: $0) } }
      let definition = Indicator.Definition(
        code: code, name: Text(vi: name, en: nameEn ?? name),
        unit: measure ?? (kind == .ratio ? Indicator.percent : nil),
        moreIsBetter: !less, aliases: alias, kind: kind, numerator: both(numerator), denominator: both(denominator),
        overTime: overTime ?? kind.usual.overTime, overUnits: overUnits ?? kind.usual.overUnits,
        evidence: both(evidence),
        owner: owner, edition: edition)
      try await change.make(
        { session, key in
          try await session.ask(DefineIndicator(definition: definition), in: session.home, key: key).value
        }, show: { DefinitionTable.of($0, change.options.lang) })
    }
  }

  struct Adopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tỉnh đưa chỉ tiêu riêng của xã vào danh mục. (The province adopts a commune's indicator.)",
      aliases: ["tiep-nhan"])

    @Argument(help: "Xã. (The commune.)") var commune: String
    @Argument(help: "Mã. (Its code.)") var code: Slug
    @Option(help: "Văn bản của tỉnh, lần ban hành. (The province's document and its edition.)") var edition: String
    @Option(help: "Gộp vào mã đã có, thành tên khác của nó. (Make it another name of this one.)") var into: Slug?
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let request = AdoptIndicator(unit: try UnitOption.find(commune), code: code, edition: edition, into: into)
      try await change.make(
        { session, key in try await session.ask(request, in: session.home, key: key).value },
        show: { DefinitionTable.of($0, change.options.lang) })
    }
  }
}

/// The catalogue, a line each.
enum CatalogueTable {
  static func of(_ entries: [DefinedIndicator], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Code")), .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Đơn vị tính", en: "Measure")), .init(title: Text(vi: "Loại", en: "Kind")),
      .init(title: Text(vi: "Danh mục", en: "Catalogue")),
      .init(title: Text(vi: "Cũng gọi là", en: "Also called"), isLong: true),
    ])
    for entry in entries {
      let definition = entry.definition
      table.add(
        "\(definition.code)", "\(definition.name(lang))", "\(definition.unit ?? "")",
        Table.Cell(definition.kind.text(lang)), Table.Cell(entry.keeper(lang)),
        Table.Cell(definition.aliases.joined(separator: "; ")))
    }
    return table
  }
}

/// One entry of the catalogue, a line for each part of it.
enum DefinitionTable {
  static func of(_ entry: DefinedIndicator, _ lang: Language) -> Table {
    let definition = entry.definition
    var table = Table([
      .init(title: Text(vi: "Mục", en: "Part")), .init(title: Text(vi: "Nội dung", en: "Content"), isLong: true),
    ])
    func add(_ title: Text, _ content: String?) {
      if let content, !content.isEmpty { table.add(Table.Cell(title(lang)), Table.Cell(content)) }
    }
    let direction =
      definition.moreIsBetter
      ? Text(vi: "càng nhiều càng tốt", en: "more is better") : Text(vi: "càng ít càng tốt", en: "less is better")
    add(Text(vi: "Mã", en: "Code"), definition.code.description)
    add(Text(vi: "Tên", en: "Name"), definition.name(lang))
    add(Text(vi: "Cũng gọi là", en: "Also called"), definition.aliases.joined(separator: "; "))
    add(Text(vi: "Loại", en: "Kind"), definition.kind.text(lang))
    add(Text(vi: "Đơn vị tính", en: "Measure"), definition.unit)
    add(Text(vi: "Hướng", en: "Direction"), definition.kind == .qualitative ? nil : direction(lang))
    let counted =
      definition.denominator == nil
      ? Text(vi: "Cái được đếm", en: "What is counted") : Text(vi: "Tử số", en: "Numerator")
    add(counted, definition.numerator?(lang))
    add(Text(vi: "Mẫu số", en: "Denominator"), definition.denominator?(lang))
    add(Text(vi: "Theo thời gian", en: "Over time"), definition.overTime.text(lang))
    add(Text(vi: "Theo đơn vị", en: "Over units"), definition.overUnits.text(lang))
    add(Text(vi: "Minh chứng", en: "Evidence"), definition.evidence?(lang))
    add(Text(vi: "Cấp theo dõi", en: "Counted by"), definition.owner.text(lang))
    add(Text(vi: "Văn bản", en: "Edition"), definition.edition)
    add(Text(vi: "Danh mục", en: "Catalogue"), entry.keeper(lang))
    return table
  }
}

extension DefinedIndicator {
  fileprivate func keeper(_ lang: Language) -> String {
    let name = unit.map { Units[$0]?.name ?? $0.description } ?? Text(vi: "dùng chung", en: "shared")(lang)
    return name + (adoptedAs.map { Text(vi: ", tỉnh nhận: \($0)", en: ", adopted: \($0)")(lang) } ?? "")
  }
}

extension Indicator.Kind {
  /// How it adds up where nobody says otherwise.
  fileprivate var usual: (overTime: Indicator.OverTime, overUnits: Indicator.OverUnits) {
    switch self {
    case .ratio: (.last, .ratio)
    case .count, .amount: (.sum, .sum)
    case .snapshot, .yesNo: (.last, .sum)
    case .score: (.last, .none)
    case .qualitative, .reportOnly: (.none, .none)
    }
  }
}

extension Open where Word == Indicator.Kind {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.ratio): Text(vi: "tỷ lệ", en: "ratio")(lang)
    case .known(.count): Text(vi: "số phát sinh", en: "count")(lang)
    case .known(.snapshot): Text(vi: "số thời điểm", en: "snapshot")(lang)
    case .known(.amount): Text(vi: "số tiền", en: "amount")(lang)
    case .known(.score): Text(vi: "điểm", en: "score")(lang)
    case .known(.yesNo): Text(vi: "có/không", en: "yes or no")(lang)
    case .known(.qualitative): Text(vi: "định tính", en: "qualitative")(lang)
    case .known(.reportOnly): Text(vi: "chỉ báo cáo", en: "report only")(lang)
    case .unknown(let word): word
    }
  }
}

extension Open where Word == Indicator.OverTime {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.sum): Text(vi: "cộng các kỳ", en: "periods are added up")(lang)
    case .known(.last): Text(vi: "lấy kỳ cuối", en: "the last period's stands")(lang)
    case .known(.none): Text(vi: "mỗi kỳ riêng", en: "each period for itself")(lang)
    case .unknown(let word): word
    }
  }
}

extension Open where Word == Indicator.OverUnits {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.sum): Text(vi: "cộng các xã", en: "communes are added up")(lang)
    case .known(.ratio): Text(vi: "cộng tử số, cộng mẫu số", en: "numerators over denominators")(lang)
    case .known(.none): Text(vi: "không cộng", en: "not added up")(lang)
    case .unknown(let word): word
    }
  }
}

extension Open where Word == Indicator.Level {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.village): Text(vi: "thôn", en: "villages")(lang)
    case .known(.commune): Text(vi: "xã", en: "the commune")(lang)
    case .known(.province): Text(vi: "tỉnh", en: "the province")(lang)
    case .unknown(let word): word
    }
  }
}
