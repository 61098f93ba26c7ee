public import ArgumentParser
import FoundationEssentials
import PlanDocuments
public import Schema

// What people type, as the words of the schema.

extension Language: ExpressibleByArgument {}
extension UUIDv7: ExpressibleByArgument {}
extension Day: ExpressibleByArgument {
  /// As offices write it, or as ISO 8601 does: `14/11/2025`, `2025-11-14`.
  public init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Int($0) }
    if parts.count == 3, let day = Day(parts[2], parts[1], parts[0]) {
      self = day
    } else {
      self.init(argument)
    }
  }
}
extension DocumentNumber: ExpressibleByArgument {}
extension PlanTask.Status: ExpressibleByArgument {}
extension DecideTask.Step: ExpressibleByArgument {}
extension Obstacle.Status: ExpressibleByArgument {}
extension Plan.Purpose: ExpressibleByArgument {}
extension Indicator.Standing: ExpressibleByArgument {}
extension Indicator.Verdict: ExpressibleByArgument {}
extension Indicator.Kind: ExpressibleByArgument {}
extension Indicator.OverTime: ExpressibleByArgument {}
extension Indicator.OverUnits: ExpressibleByArgument {}
extension Indicator.Level: ExpressibleByArgument {}
extension Regime.Span: ExpressibleByArgument {}
extension Slug: ExpressibleByArgument {}
extension Identifier: ExpressibleByArgument {}
extension Identity.Key: ExpressibleByArgument {}
extension Office.Kind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
extension Notice.Rule: ExpressibleByArgument {}
extension LetterSummary.State: ExpressibleByArgument {}
extension MailAddress: ExpressibleByArgument {}
extension Person.Reference: ExpressibleByArgument {}
extension AgencyCode: ExpressibleByArgument {
  /// In the form of now, or in the older one that is read from right to left.
  public init?(argument: String) {
    guard let code = AgencyCode(argument) ?? AgencyCode(older: argument) else { return nil }
    self = code
  }
}
extension Person.Enrolment: ExpressibleByArgument {}
extension Person.Signature: ExpressibleByArgument {}
extension Person.Departure: ExpressibleByArgument {}
extension SubjectRequest.Kind: ExpressibleByArgument {}
extension RegisterQuality.Aspect: ExpressibleByArgument {}

/// Checks and the reason why their errors are accepted: `P1,T1=hai cách tính, theo Công văn 12`.
extension Acceptance: ExpressibleByArgument {
  public init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    self.init(
      checks: parts[0].uppercased().split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init),
      reason: String(parts[1]))
  }
}

/// Money as people write it: `40 triệu`, `1,5 tỷ`, `40.000.000`.
struct Amount: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  func resolve() throws -> Money {
    do throws(PlanProblem.Reason) {
      return try Money(written: text)
    } catch {
      throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(65))
    }
  }
}

/// What was counted as people write it: `85/100`, `1.250`.
struct WrittenFigure: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  /// Never a percentage: shares without what they are shares of cannot be added up.
  func resolve() throws(Complaint) -> Figure {
    guard !text.hasSuffix("%") else {
      throw Complaint(
        vi: "«\(text)» là phần trăm đã tính sẵn; hãy ghi tử số/mẫu số, ví dụ 85/100.",
        en: "“\(text)” is a percentage; write the numerator and the denominator, such as 85/100.", code: ExitCode(65))
    }
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Self.number(String($0)) }
    guard (1...2).contains(numbers.count), let numerator = numbers[0], let last = numbers[numbers.count - 1] else {
      throw Complaint(
        vi: "«\(text)» không phải số liệu; hãy ghi tử số/mẫu số (85/100) hoặc số đếm (1.250), bằng số nguyên.",
        en: "“\(text)” is no figure; write a numerator and a denominator (85/100) or a count (1.250), whole numbers.",
        code: ExitCode(65))
    }
    return Figure(numerator, of: numbers.count == 2 ? last : nil)
  }

  /// With dots between thousands, or without.
  private static func number(_ text: String) -> Int64? {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    let isGrouped =
      groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    return isGrouped ? Int64(groups.joined()) : nil
  }
}

/// A month as people type it: `2026-03`, `3/2026`, `2026-M03`.
struct Month: ExpressibleByArgument {
  let period: Period

  init?(argument: String) {
    guard let period = Period(argument: argument), case .month = period.span, period.calendar == .plain else {
      return nil
    }
    self.period = period
  }
}
