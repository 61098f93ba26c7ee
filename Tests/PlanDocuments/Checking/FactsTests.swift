import Foundation
import PlanDocuments
import Schema
import Testing

/// The same checks on all that a careful reader took from five plans, with every name as it was printed. The facts are not part
/// of the project; the test runs where `XASO_PLANS` names the folder that has them.
@Suite(.enabled(if: PlanFacts.folder != nil, "XASO_PLANS names no folder of plans"))
struct FactsTests {
  @Test(
    arguments: [
      (
        "giao-an",
        [
          (.twoTargets, .error, "điện tử toàn xã"), (.twoTargets, .error, "VNeID"), (.twoTargets, .error, "chữ ký số"),
          (.twoTargets, .error, "băng rộng"), (.twoTargets, .error, "toàn trình"),
          (.incompleteTask, .error, "thời hạn"),
          (.incompleteTask, .warning, "nguồn"), (.confusedLead, .warning, "Nhiều cơ quan"),
          (.outdatedBasis, .warning, "749/QĐ-TTg"),
          (.outdatedBasis, .warning, "942/QĐ-TTg"), (.outdatedBasis, .warning, "411/QĐ-TTg"),
          (.twoDates, .error, "2273/KH-UBND"),
          (.incompleteBasis, .warning, "số"), (.uncounted, .warning, "tử số"), (.missingPart, .information, "số"),
        ]
      ),
      (
        "thuong-duc",
        [
          (.twoTargets, .error, "≥ 85 %"), (.twoTargets, .error, "≥ 75 %"), (.leadOutOfReach, .warning, "viễn thông"),
          (.vagueTime, .warning, "quý"), (.confusedLead, .warning, "Nhiều cơ quan"), (.wrongTotal, .warning, "tổng"),
          (.moneyUnit, .error, "đơn vị tiền"), (.twoDates, .error, "31/03/2023"), (.twoDates, .error, "231/KH-UBND"),
          (.malformedSymbol, .warning, "03-NQ/CP"), (.outdatedBasis, .warning, "749/QĐ-TTg"),
          (.unlinked, .warning, "Chỉ tiêu"),
        ]
      ),
      (
        "vo-nhai",
        [
          (.twoTargets, .error, "≥ 70 %"), (.twoTargets, .error, "≥ 80 %"), (.impossibleTarget, .error, "≥ 100 %"),
          (.wrongColumn, .warning, "đơn vị tính"), (.leadOutOfReach, .warning, "Văn phòng UBND tỉnh"),
          (.leadOutOfReach, .warning, "Sở Khoa học"), (.leadOutOfReach, .warning, "Sở Văn hóa"),
          (.leadChanges, .warning, "Doanh nghiệp"),
          (.collectiveLead, .warning, "chủ trì"), (.tooLittleTime, .warning, "60 ngày"), (.vagueTime, .warning, "năm"),
        ]
      ),
      (
        "xuan-duong",
        [
          (.alreadyMet, .warning, "99,9 %"), (.incompleteTask, .warning, "kinh phí"), (.vagueTime, .warning, "năm"),
          (.overload, .information, "16/"), (.wrongTotal, .warning, "tổng"), (.recipients, .warning, "Đảng ủy"),
        ]
      ),
      ("gia-tran", [(.missingPart, .information, "số")]),
    ] as [(String, [(Rule, Finding.Severity, String)])])
  func whatAReaderFoundIsFound(_ commune: String, _ hits: [(Rule, Finding.Severity, String)]) throws {
    let findings = try PlanFacts.read(commune).document().check()
    for (rule, severity, words) in hits {
      #expect(
        findings.contains { $0.rule == rule && $0.severity == severity && $0.problem.vi.contains(words) },
        "\(rule.rawValue) \(words) in \(findings.filter { $0.rule == rule }.map(\.problem.vi))")
    }
    if commune == "xuan-duong" { #expect(!findings.contains { $0.rule == .wrongProduct }) }
    if commune == "giao-an" { #expect(!findings.contains { $0.rule == .wrongTotal }) }
    print(
      "\(commune): \(Finding.Severity.allCases.map { level in "\(findings.count { $0.severity == level }) \(level)" })")
  }
}

/// The form of the facts, as far as the checks need it.
private struct PlanFacts: Decodable {
  struct Plan: Decodable {
    var number: String?
    var issuedOn: Day?
    var year: Int
    var title: String
    var issuer: String
    var signerRole: String?
  }

  struct Basis: Decodable {
    var number: String?
    var numberRaw: String?
    var numberVariants: [String]?
    var dateVariants: [Day]?
    var kind: String
    var date: Day?
    var issuer: String?
    var title: String?
    var role: String?
    var parentPlan: Bool?
  }

  struct Row: Decodable {
    var place: String
    var no: String?
    var name: String
    var unit: String?
    var comparator: String?
    var target: Double?
    var value: Double?
    var deadline: Day?
    var expected: String?
    var lead: [String]?
    var coordinating: [String]?
    var timeRaw: String?
    var due: Day?
    var recurrence: String?
    var costVnd: Int64?
    var source: String?
  }

  struct Budget: Decodable {
    var unitInDocument: String?
    var unitAssumed: String?
    var declaredTotalVnd: Int64?
  }

  var plan: Plan
  var legalBases: [Basis]
  var documentsCited: [Basis]?
  var recipients: [String]
  var objectives: [Row]
  var indicators: [Row]
  var results: [Row]
  var tasks: [Row]
  var budget: Budget

  static let folder = ProcessInfo.processInfo.environment["XASO_PLANS"]

  static func read(_ commune: String) throws -> PlanFacts {
    let file = URL(filePath: try #require(folder)).appending(path: "facts/\(commune).json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(PlanFacts.self, from: Data(contentsOf: file))
  }

  func document() -> PlanDocument {
    let appendix = tasks.filter { $0.place.hasPrefix("Phụ lục") }
    let rows = indicators.filter { $0.place.hasPrefix("Phụ lục I,") || $0.place.hasPrefix("Phụ lục II,") }
    let offices = offices(of: appendix + rows)
    func code(_ name: String) -> Office.Code? { offices.first { $0.name == name }?.code }
    let cited = legalBases.flatMap(\.all) + (documentsCited ?? []).flatMap(\.all)
    var body = PlanBody()
    body.objectives =
      (objectives + indicators.filter { row in !rows.contains { $0.place == row.place && $0.name == row.name } })
      .map { Objective(place: $0.place, row: target($0, number: $0.place, leads: [])) }
    body.results = results.compactMap { row in
      row.value.flatMap(Quantity.init(decimal:)).map {
        YearResult(indicator: row.name, value: $0, unit: row.unit, year: plan.year - 1, place: row.place)
      }
    }
    body.citations = cited.map { CitedDocument(basis: $0.basis, title: $0.title) }
    body.budget = PrintedBudget()
    body.budget?.units = [budget.unitInDocument].compactMap(\.self)
    body.budget?.total = budget.declaredTotalVnd.map { Money(dong: $0) }
    let head = PlanHead(
      year: plan.year, title: plan.title, issuer: plan.issuer, signer: plan.signerRole, focal: "o0", offices: offices,
      legalBases: legalBases.filter { $0.role != "viện dẫn" }.compactMap { $0.all.first?.basis },
      recipients: recipients.map { Recipient(name: $0, purpose: $0.hasPrefix("Lưu") ? Open(.file) : nil) },
      assumed: budget.unitAssumed == nil ? [] : ["money unit"])
    return PlanDocument(
      unit: "38/15043", head: head,
      tasks: appendix.map { row in
        TaskRow(
          number: row.no ?? row.place, name: row.name, output: row.expected, leads: (row.lead ?? []).compactMap(code),
          coordinating: (row.coordinating ?? []).compactMap(code), time: row.timeRaw, due: row.due,
          recurrence: row.recurrence.map { _ in Open(.continuous) }, cost: row.costVnd.map { Money(dong: $0) },
          source: row.source.map { _ in Open(.state) })
      }, targets: rows.map { target($0, number: $0.place, leads: ($0.lead ?? []).compactMap(code)) },
      number: plan.number.flatMap { DocumentNumber($0) }, issuedOn: plan.issuedOn, body: body)
  }

  private func target(_ row: Row, number: String, leads: [Office.Code]) -> TargetRow {
    let comparator = row.comparator.flatMap { TargetRow.Comparator(rawValue: $0) } ?? .report
    return TargetRow(
      number: number, indicator: row.name, unit: row.unit, comparator: Open(comparator),
      value: row.target.flatMap(Quantity.init(decimal:)), due: row.deadline, leads: leads)
  }

  private func offices(of rows: [Row]) -> [Office] {
    var names = ["Phòng Văn hóa - Xã hội"]
    for name in rows.flatMap({ ($0.lead ?? []) + ($0.coordinating ?? []) }) where !names.contains(name) {
      names.append(name)
    }
    return names.enumerated().map { Office(code: Office.Code(stringLiteral: "o\($0)"), name: $1) }
  }
}

extension PlanFacts.Basis {
  /// As it was cited first, then every other way.
  fileprivate var all: [(basis: LegalBasis, title: String?)] {
    let numbers = [numberRaw ?? number] + (numberVariants ?? []).filter { $0 != number }
    let days = [date] + (dateVariants ?? []).filter { $0 != date }
    let bases = numbers.map { ($0, date) } + days.dropFirst().map { (number, $0) }
    return bases.map { number, day in
      (
        LegalBasis(
          number: number.flatMap { DocumentNumber($0) }, kind: self.number == nil ? title ?? kind : kind, date: day,
          issuer: issuer, parent: parentPlan ?? false), title
      )
    }
  }
}

extension Quantity {
  fileprivate init?(decimal: Double) {
    self.init(decimal == decimal.rounded() ? String(Int64(decimal)) : String(decimal))
  }
}
