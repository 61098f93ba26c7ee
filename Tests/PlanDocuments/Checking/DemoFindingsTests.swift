import PlanDocuments
import Schema
import Testing

/// What a careful reader found in five plans that were issued; the rules find it too.
@Suite struct DemoFindingsTests {
  @Test func giaoAn() throws {
    let found = try Found(.giaoAn)
    for indicator in [
      "bản điện tử", "xác thực qua VNeID", "chứng thư chữ ký số", "internet băng rộng", "trực tuyến toàn trình",
    ] {
      #expect(found.has(.twoTargets, .error, indicator), "\(indicator)")
    }
    #expect(found.has(.impossibleTarget, .error, "> 100 %"))
    #expect(found.has(.uncounted, .warning, ""))
    #expect(found.places(.incompleteTask, .error) == 10)
    #expect(found.places(.incompleteTask, .warning) == 10)
    #expect(found.has(.confusedLead, .warning, "", at: "nhiệm vụ 2.2"))
    #expect(!found.has(.wrongTotal, .error, "") && !found.has(.wrongTotal, .warning, ""))
    #expect(found.has(.shareOfBudget, .notCheckable, "≥ 1 %"))
    for symbol in ["749/QĐ-TTg", "942/QĐ-TTg", "411/QĐ-TTg", "Bộ Thông tin và Truyền thông"] {
      #expect(found.has(.outdatedBasis, .warning, symbol), "\(symbol)")
    }
    #expect(found.has(.twoDates, .error, "2273/KH-UBND"))
    #expect(
      found.has(.incompleteBasis, .warning, "", at: "căn cứ Chương trình phát triển Chính phủ số giai đoạn 2025-2030"))
    #expect(found.has(.missingPart, .information, "số, ký hiệu"))
    #expect(found.has(.placeholder, .information, ""))
    #expect(found.has(.numbering, .warning, "I, II, III, III"))
    #expect(found.has(.numbering, .warning, "I, 2", at: "mục Phụ lục"))
  }

  @Test func thuongDuc() throws {
    let found = try Found(.thuongDuc)
    #expect(found.has(.twoTargets, .error, "≥ 85 %", at: "chỉ tiêu 18"))
    #expect(found.has(.twoTargets, .error, "≥ 75 %", at: "chỉ tiêu 23"))
    #expect(found.has(.leadOutOfReach, .warning, "viễn thông", at: "chỉ tiêu 3"))
    #expect(found.has(.unlinked, .warning, ""))
    #expect(found.has(.incompleteTask, .warning, "nguồn", at: "nhiệm vụ 9"))
    #expect(found.has(.vagueTime, .warning, "quý", at: "nhiệm vụ 6"))
    #expect(found.has(.confusedLead, .warning, "", at: "nhiệm vụ 8"))
    #expect(found.has(.wrongTotal, .warning, "Không in tổng"))
    #expect(found.has(.moneyUnit, .error, ""))
    #expect(found.has(.outdatedBasis, .warning, "942/QĐ-TTg"))
    #expect(found.has(.twoDates, .error, "31/03/2023"))
    #expect(found.has(.twoDates, .error, "231/KH-UBND"))
    #expect(found.has(.malformedSymbol, .warning, "03-NQ/CP"))
    #expect(found.has(.incompleteBasis, .warning, ""))
    #expect(found.has(.missingPart, .information, "số, ký hiệu"))
    #expect(!found.has(.signature, .warning, ""))
  }

  @Test func voNhai() throws {
    let found = try Found(.voNhai)
    #expect(found.has(.twoTargets, .error, "≥ 70 %", at: "chỉ tiêu 13"))
    #expect(found.has(.twoTargets, .error, "≥ 80 %", at: "chỉ tiêu 12"))
    #expect(!found.has(.milestonesGoBack, .warning, ""))
    #expect(found.has(.impossibleTarget, .error, "≥ 100 %", at: "chỉ tiêu 14"))
    for row in [7, 50, 60] { #expect(found.has(.wrongColumn, .warning, "", at: "chỉ tiêu \(row)")) }
    for row in [24, 30, 32] { #expect(found.has(.leadOutOfReach, .warning, "cấp trên", at: "chỉ tiêu \(row)")) }
    for row in [14, 30, 43] { #expect(found.has(.leadChanges, .warning, "", at: "chỉ tiêu \(row)")) }
    for row in [6, 21] { #expect(found.has(.collectiveLead, .warning, "", at: "chỉ tiêu \(row)")) }
    #expect(found.has(.collectiveLead, .warning, "", at: "nhiệm vụ II.1"))
    #expect(found.has(.twoNames, .warning, "VneID"))
    for row in ["II.1", "III.2", "IV.3"] {
      #expect(found.has(.tooLittleTime, .warning, "60 ngày", at: "nhiệm vụ \(row)"))
    }
    #expect(found.has(.vagueTime, .warning, "chỉ ghi năm", at: "nhiệm vụ II.1"))
    #expect(found.has(.shareOfBudget, .notCheckable, "2 %"))
    #expect(found.has(.numbering, .warning, "1, 2, 3, 4, 7"))
    #expect(found.has(.signature, .warning, "KT."))
  }

  @Test func xuanDuong() throws {
    let found = try Found(.xuanDuong)
    #expect(found.has(.alreadyMet, .warning, "99,9 %"))
    for row in 15...21 { #expect(found.has(.incompleteTask, .warning, "kinh phí", at: "nhiệm vụ \(row)")) }
    #expect(found.places(.vagueTime, .warning) == 21)
    #expect(found.has(.overload, .information, "16/21"))
    #expect(found.has(.wrongTotal, .warning, "Không in tổng"))
    #expect(!found.has(.wrongProduct, .error, ""))
    #expect(found.has(.misquotedScheme, .warning, "2022-2025"))
    #expect(found.has(.missingPart, .information, "số, ký hiệu"))
    #expect(found.has(.placeholder, .information, "", at: "“Kế hoạch số: /KH-UBND ngày 17/2026”"))
    #expect(found.has(.signature, .warning, "KT."))
    #expect(found.has(.recipients, .warning, "Đảng ủy"))
  }

  @Test func giaTran() throws {
    let found = try Found(.giaTran)
    #expect(found.has(.missingPart, .information, "số, ký hiệu"))
    #expect(found.has(.placeholder, .information, ""))
    #expect(!found.findings.contains { $0.severity == .error })
  }

  private struct Found {
    let findings: [Finding]

    init(_ demo: Demo) throws { findings = try demo.document.check() }

    func has(_ rule: Rule, _ severity: Finding.Severity, _ words: String, at place: String? = nil) -> Bool {
      findings.contains { finding in
        finding.rule == rule && finding.severity == severity && (words.isEmpty || finding.problem.vi.contains(words))
          && (place.map { finding.places.map(\.text.vi).contains($0) } ?? true)
      }
    }

    func places(_ rule: Rule, _ severity: Finding.Severity) -> Int {
      findings.filter { $0.rule == rule && $0.severity == severity }.reduce(0) { $0 + $1.places.count }
    }
  }
}
