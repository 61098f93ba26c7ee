import ArgumentParser
import Bus
import Schema

/// Lines that are entered, split and described.
extension BudgetCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thêm một dòng dự toán ngoài kế hoạch. (Enter a line that no plan has.)", aliases: ["them-dong"])

    @Argument(help: "Số thứ tự. (The number.)") var number: String
    @Argument(help: "Nội dung. (What it pays for.)") var name: String
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @Option(help: "Nguồn vốn, như trong kế hoạch: «xã», «nhiều nguồn (tỉnh, xã)». (The source.)") var source: SourceWord
    @Option(help: "Cơ quan chủ trì; nêu nhiều lần nếu chung. (A lead; several times for several.)")
    var lead: [Office.Code] = []
    @Option(help: "Văn bản lập dự toán. (The document.)") var document: DocumentNumber
    @Option(help: "Cơ quan ban hành: \(IssuerWord.list). (Who issued it.)") var issuer: IssuerWord
    @Option(help: "Ngày văn bản. (The date.)") var on: Day
    @OptionGroup var detail: DetailOptions
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let request = AddLine(
          fiscalYear: year, number: number, name: name, source: Open(source.word), sourceText: source.printed,
          leads: lead, amount: try amount.resolve(), detail: try detail.resolve(), document: document,
          issuer: Open(issuer.word), day: on)
        return try await session.ask(request, in: try unit.resolve(session), key: key).value
      }
    }
  }

  struct Split: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tách một dòng chung theo cơ quan hoặc nguồn vốn. (Split a line by office or source.)",
      aliases: ["tach"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Các phần: «vh-xh = 20 triệu», «vh-xh = 20 triệu = tỉnh». (The parts.)") var parts: [SplitPart]
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.recordLines { session, key in
        let (unit, plan) = try await place.resolve(session)
        let whole = try await line.find(session, in: unit, of: plan)
        let parts = try parts.map { part in
          SplitLine.Part(
            leads: part.leads, source: part.source.map { Open($0.word) } ?? whole.source,
            sourceText: part.source?.printed, amount: try part.amount.resolve())
        }
        return try await session.ask(SplitLine(line: whole.id, parts: parts), in: unit, key: key).value
      }
    }
  }

  struct Describe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi đơn vị chi, tính chất, số lượng, đơn giá, mã mục lục của một dòng. (Say more of a line.)",
      aliases: ["mo-ta"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @OptionGroup var detail: DetailOptions
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = DescribeLine(line: line, detail: try detail.resolve())
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }
}

/// What is known of a line beside its money.
struct DetailOptions: ParsableArguments {
  @Option(help: "Đơn vị sử dụng ngân sách. (The spending unit.)") var spender: Office.Code?
  @Option(help: "Trụ cột: \(WordArgument<Pillar>.list). (The pillar.)")
  var pillar: WordArgument<Pillar>?
  @Flag(help: "Chi đầu tư. (Investment.)") var investment = false
  @Flag(help: "Chi thường xuyên. (Recurrent.)") var recurrent = false
  @Option(help: "Số lượng. (The quantity.)") var quantity: Int64?
  @Option(help: "Đơn giá. (The unit price.)") var price: Amount?
  @Option(help: "Chương. (The chapter.)") var chapter: String?
  @Option(help: "Loại.") var category: String?
  @Option(help: "Khoản.") var division: String?
  @Option(help: "Mục.") var item: String?
  @Option(help: "Tiểu mục.") var subitem: String?

  func validate() throws {
    guard !(investment && recurrent) else {
      throw ValidationError(
        "Chỉ dùng một trong hai: --investment hoặc --recurrent. (--investment and --recurrent exclude each other.)")
    }
  }

  func resolve() throws -> LineDetail {
    let codes = BudgetCodes(chapter: chapter, category: category, division: division, item: item, subitem: subitem)
    return LineDetail(
      spender: spender, pillar: pillar.map { Open($0.word) },
      expenditure: investment ? Open(.investment) : recurrent ? Open(.recurrent) : nil, quantity: quantity,
      price: try price?.resolve(), codes: codes == BudgetCodes() ? nil : codes)
  }
}

/// A source of money as plans write it: `xã`, or with the words of the paper in brackets.
struct SourceWord: ExpressibleByArgument {
  let word: FundSource
  let printed: String?

  init?(argument: String) {
    let parts = argument.split(separator: "(", maxSplits: 1)
    guard let word = parts.first.flatMap({ WordArgument<FundSource>(argument: $0.trimmedSpaces) })?.word else {
      return nil
    }
    self.word = word
    printed = parts.count > 1 ? parts[1].split(separator: ")").first?.trimmedSpaces : nil
  }
}

/// A part of a line: whose, how much and, where it differs, from where.
struct SplitPart: ExpressibleByArgument {
  let leads: [Office.Code]
  let amount: Amount
  let source: SourceWord?

  init?(argument: String) {
    let fields = argument.split(separator: "=", omittingEmptySubsequences: false).map { $0.trimmedSpaces }
    guard (2...3).contains(fields.count), let amount = Amount(argument: fields[1]) else { return nil }
    let leads = fields[0].split(separator: "+").map { Office.Code($0.trimmedSpaces) }
    guard !leads.isEmpty, leads.allSatisfy({ $0 != nil }) else { return nil }
    self.leads = leads.compactMap(\.self)
    self.amount = amount
    if fields.count == 3 {
      guard let source = SourceWord(argument: fields[2]) else { return nil }
      self.source = source
    } else {
      source = nil
    }
  }
}

extension Substring {
  fileprivate var trimmedSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
