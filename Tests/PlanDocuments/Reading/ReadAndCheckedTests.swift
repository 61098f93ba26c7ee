import Foundation
import PlanDocuments
import Schema
import Testing

/// What a careful reader found in five plans is found in their texts as they were published, with nobody typing them in.
@Suite(.enabled(if: RealPlans.folder != nil, "XASO_PLANS names no folder of real plans"))
struct ReadAndCheckedTests {
  struct Hit: CustomStringConvertible {
    let rule: Rule
    let severity: Finding.Severity
    /// Words of the problem, or of its places.
    let words: String

    init(_ rule: Rule, _ severity: Finding.Severity, _ words: String) {
      (self.rule, self.severity, self.words) = (rule, severity, words)
    }

    var description: String { "\(rule.rawValue) \(severity) \(words)" }

    func isIn(_ findings: [Finding]) -> Bool {
      findings.contains { finding in
        finding.rule == rule && finding.severity == severity
          && (words.isEmpty
            || (finding.problem.vi + finding.places.map(\.text.vi).joined(separator: ", ") + ",").contains(words))
      }
    }
  }

  static let hits: [String: [Hit]] = [
    "giao-an": [
      Hit(.twoTargets, .error, "giải quyết thủ tục hành chính điện tử toàn xã"), Hit(.twoTargets, .error, "xác thực"),
      Hit(.twoTargets, .error, "> 30 % / > 20 %"), Hit(.twoTargets, .error, "> 30 % / 35 %"),
      Hit(.twoTargets, .error, "trực tuyến toàn trình"), Hit(.impossibleTarget, .error, "> 100 %"),
      Hit(.uncounted, .warning, "tử số"), Hit(.incompleteTask, .error, "thời hạn"),
      Hit(.incompleteTask, .warning, "nguồn"), Hit(.confusedLead, .warning, "nhiệm vụ 2.2"),
      Hit(.shareOfBudget, .notCheckable, "≥ 1 %"), Hit(.outdatedBasis, .warning, "749/QĐ-TTg"),
      Hit(.outdatedBasis, .warning, "942/QĐ-TTg"), Hit(.outdatedBasis, .warning, "411/QĐ-TTg"),
      Hit(.outdatedBasis, .warning, "Bộ Thông tin và Truyền thông"), Hit(.twoDates, .error, "2273/KH-UBND"),
      Hit(.incompleteBasis, .warning, "Chương trình phát triển Chính phủ số"),
      Hit(.missingPart, .information, "số, ký hiệu"), Hit(.placeholder, .information, ""),
      Hit(.numbering, .warning, "III, III"), Hit(.numbering, .warning, "I, 2"),
    ],
    "thuong-duc": [
      Hit(.twoTargets, .error, "chỉ tiêu 18,"), Hit(.twoTargets, .error, "chỉ tiêu 23,"),
      Hit(.twoNames, .warning, "VNelD"), Hit(.leadOutOfReach, .warning, "chỉ tiêu 3,"), Hit(.unlinked, .warning, ""),
      Hit(.incompleteTask, .warning, "nhiệm vụ 9,"), Hit(.vagueTime, .warning, "nhiệm vụ 6,"),
      Hit(.confusedLead, .warning, "nhiệm vụ 8,"), Hit(.wrongTotal, .warning, "Không in tổng"),
      Hit(.moneyUnit, .error, "đơn vị tiền"), Hit(.outdatedBasis, .warning, "942/QĐ-TTg"),
      Hit(.twoDates, .error, "31/03/2023"), Hit(.twoDates, .error, "231/KH-UBND"),
      Hit(.malformedSymbol, .warning, "03-NQ/CP"), Hit(.incompleteBasis, .warning, ""),
      Hit(.missingPart, .information, "số, ký hiệu"), Hit(.placeholder, .information, ""),
    ],
    "vo-nhai": [
      Hit(.twoTargets, .error, "chỉ tiêu 13,"), Hit(.twoTargets, .error, "chỉ tiêu 12,"),
      Hit(.impossibleTarget, .error, "chỉ tiêu 14,"), Hit(.wrongColumn, .warning, "chỉ tiêu 7,"),
      Hit(.wrongColumn, .warning, "chỉ tiêu 50,"), Hit(.wrongColumn, .warning, "chỉ tiêu 60,"),
      Hit(.leadOutOfReach, .warning, "chỉ tiêu 24,"), Hit(.leadOutOfReach, .warning, "chỉ tiêu 30,"),
      Hit(.leadOutOfReach, .warning, "chỉ tiêu 32,"),
      Hit(.leadChanges, .warning, "chỉ tiêu 14, chỉ tiêu 30, chỉ tiêu 43"),
      Hit(.collectiveLead, .warning, "chỉ tiêu 6, chỉ tiêu 21"), Hit(.collectiveLead, .warning, "nhiệm vụ II.1"),
      Hit(.twoNames, .warning, "VneID"), Hit(.twoNames, .warning, "doanh nghiệp vừa và nhỏ"),
      Hit(.tooLittleTime, .warning, "nhiệm vụ II.1"),
      Hit(.vagueTime, .warning, "nhiệm vụ II.1"), Hit(.shareOfBudget, .notCheckable, "2 %"),
      Hit(.numbering, .warning, "1, 2, 3, 4, 7"), Hit(.signature, .warning, "KT."), Hit(.placeholder, .error, ""),
    ],
    "xuan-duong": [
      Hit(.alreadyMet, .warning, "99,9 %"), Hit(.incompleteTask, .warning, "nhiệm vụ 15, nhiệm vụ 16"),
      Hit(.vagueTime, .warning, "nhiệm vụ 1, nhiệm vụ 2"), Hit(.overload, .information, "16/21"),
      Hit(.wrongTotal, .warning, "Không in tổng"), Hit(.misquotedScheme, .warning, "2022-2025"),
      Hit(.missingPart, .information, "số, ký hiệu"), Hit(.placeholder, .information, "ngày 17/2026"),
      Hit(.signature, .warning, "KT."), Hit(.recipients, .warning, "Đảng ủy"),
    ],
    "gia-tran": [Hit(.missingPart, .information, "số, ký hiệu"), Hit(.placeholder, .information, "")],
  ]

  /// What would be wrong to find: the money adds up, and nothing goes back.
  static let misses: [String: [Rule]] = [
    "giao-an": [.wrongTotal], "thuong-duc": [.signature], "vo-nhai": [.milestonesGoBack], "xuan-duong": [.wrongProduct],
    "gia-tran": [.twoTargets, .twoDates, .numbering],
  ]

  @Test(arguments: RealPlans.names)
  func whatAReaderFoundIsFound(_ name: String) throws {
    let reading = try PlanReading.read(Array(RealPlans.text(name).utf8))
    let document = try #require(reading.document(of: "38/15043"))
    let findings = document.check()
    for hit in Self.hits[name] ?? [] {
      #expect(hit.isIn(findings), "\(hit) in \(findings.filter { $0.rule == hit.rule }.map(\.problem.vi))")
    }
    for rule in Self.misses[name] ?? [] { #expect(!findings.contains { $0.rule == rule }, "\(rule)") }
    let counts = Finding.Severity.allCases.map { level in "\(findings.count { $0.severity == level }) \(level)" }
    print("\(name), read and checked: \(counts.joined(separator: ", "))")
  }

  @Test(arguments: RealPlans.names)
  func theFormSaysTheSame(_ name: String) throws {
    let reading = try PlanReading.read(Array(RealPlans.text(name).utf8))
    let document = try #require(reading.document(of: "38/15043"))
    let again = try PlanDocument.read(yaml: document.yaml)
    #expect(again.head == document.head)
    #expect(again.targets == document.targets)
    #expect(again.tasks == document.tasks)
    #expect(again.body.objectives == document.body.objectives)
    #expect(again.body.results == document.body.results)
    #expect(again.body.citations == document.body.citations)
    #expect(again.body.budget == document.body.budget)
    #expect(again.body.layout == document.body.layout)
  }
}
