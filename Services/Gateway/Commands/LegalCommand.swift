import ArgumentParser
import Bus
import Schema
import Units

/// `xaso legal`: the documents that plans rest on.
struct LegalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "legal", abstract: "Sổ văn bản làm căn cứ. (The register of legal documents.)",
    subcommands: [Add.self, Replace.self, Expire.self, List.self, Citing.self], aliases: ["van-ban"])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi một văn bản vào sổ. (Register a document; what waits for it begins to count.)", aliases: ["ghi"])

    @Argument(help: "Số, ký hiệu: 71/NQ-CP. (The document's number.)") var number: DocumentNumber
    @Option(help: "Loại: Nghị quyết, Quyết định, Kế hoạch. (The kind.)") var kind: String
    @Option(help: "Cơ quan ban hành. (The issuer.)") var issuer: String
    @Option(help: "Ngày ban hành: 01/04/2025. (The date of issue.)") var on: Day
    @Option(help: "Trích yếu. (The title.)") var title: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = KeepLegalDocument(number: number, kind: kind, issuer: issuer, issuedOn: on, title: title)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { LegalTable.of([$0], change.options.lang) })
    }
  }

  struct Replace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Văn bản được thay thế; báo mọi kế hoạch đã viện dẫn. (Replaced; each plan that cites it is told.)",
      aliases: ["thay-the"])

    @OptionGroup var end: EndOptions
    @Option(help: "Văn bản thay thế. (What takes its place.)") var by: DocumentNumber

    func run() async throws { try await end.make(replacedBy: by) }
  }

  struct Expire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Văn bản hết hiệu lực; báo mọi kế hoạch đã viện dẫn. (Expired; each plan that cites it is told.)",
      aliases: ["het-hieu-luc"])

    @OptionGroup var end: EndOptions

    func run() async throws { try await end.make(replacedBy: nil) }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Văn bản trong sổ của đơn vị và của tỉnh. (The unit's register and its province's.)")

    @Option(help: "Tìm chữ, không cần dấu. (Words; accents do not matter.)") var text: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let documents: [LegalDocument] = try await session.all(in: unit) { ListLegalDocuments(text: text, after: $0) }
        options.show(LegalTable.of(documents, options.lang), json: documents)
      }
    }
  }

  struct Citing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các kế hoạch viện dẫn một văn bản. (The plans that cite a document.)", aliases: ["vien-dan"])

    @Argument(help: "Số, ký hiệu. (The document's number.)") var number: DocumentNumber
    @Option(help: "Ngày ban hành, khi nhiều văn bản cùng số. (The date of issue.)") var on: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plans: [PlanSummary] = try await session.all(in: unit) {
          ListCitingPlans(number: number, issuedOn: on, after: $0)
        }
        options.show(PlanTable.of(plans, options.lang), json: plans)
      }
    }
  }

  struct EndOptions: ParsableArguments {
    @Argument(help: "Số, ký hiệu. (The document's number.)") var number: DocumentNumber
    @Option(help: "Ngày ban hành, khi nhiều văn bản cùng số. (The date of issue.)") var issued: Day?
    @Option(help: "Từ ngày này không còn hiệu lực. (The first day on which it is not in force.)") var on: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func make(replacedBy other: DocumentNumber?) async throws {
      let lang = change.options.lang
      var plans: [PlanSummary] = []
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = EndLegalDocument(number: number, issuedOn: issued, endedOn: on, replacedBy: other)
          let result = try await session.ask(request, in: unit, key: key).value
          plans = try await session.all(in: unit) {
            ListCitingPlans(number: number, issuedOn: result.document.issuedOn, after: $0)
          }
          return result
        }, show: { _ in PlanTable.of(plans, lang) })
    }
  }
}

/// Legal documents, a line each.
enum LegalTable {
  static func of(_ documents: [LegalDocument], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Số, ký hiệu", en: "Number")), .init(title: Text(vi: "Ngày", en: "Date")),
      .init(title: Text(vi: "Hiệu lực", en: "In force")), .init(title: Text(vi: "Sổ của", en: "Register of")),
      .init(title: Text(vi: "Cơ quan ban hành", en: "Issuer"), isLong: true),
      .init(title: Text(vi: "Trích yếu", en: "Title"), isLong: true),
    ])
    for document in documents {
      table.add(
        "\(document.number)", "\(document.issuedOn.written)", "\(document.standing(lang))",
        "\(Units[document.unit]?.name ?? document.unit.description)", "\(document.issuer)",
        "\(document.kind) \(document.title)")
    }
    return table
  }
}

extension LegalDocument {
  fileprivate func standing(_ lang: Language) -> String {
    guard let endedOn else { return Text(vi: "còn hiệu lực", en: "in force")(lang) }
    guard let replacedBy else {
      return Text(vi: "hết hiệu lực từ \(endedOn.written)", en: "ended on \(endedOn)")(lang)
    }
    return Text(
      vi: "được \(replacedBy) thay thế từ \(endedOn.written)", en: "replaced by \(replacedBy) on \(endedOn)")(lang)
  }
}
