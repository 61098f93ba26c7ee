import PlanDocuments
import Schema

/// What the checks of a plan call an error is mended before the plan is approved, or accepted for a reason.
extension PlansRules {
  static func mustBeAccepted(_ findings: [Finding], _ acceptances: [Acceptance]) throws(Refusal) {
    var errors = findings.filter { $0.severity == .error }.map(\.rule.rawValue)
    let found = Set(errors)
    for (index, acceptance) in acceptances.enumerated() {
      let place = "accepted.\(index)"
      try acceptance.reason.check(atMost: 2000, at: "\(place).reason")
      for check in acceptance.checks where !found.contains(check) {
        throw Refusal(
          .invalid, vi: "Kiểm tra \(check) không thấy lỗi nào, không có gì để chấp nhận.",
          en: "Check \(check) finds no error: there is nothing to accept.", at: "\(place).checks")
      }
      errors.removeAll(where: acceptance.checks.contains)
    }
    guard !errors.isEmpty else { return }
    let left = Rule.allCases.map(\.rawValue).filter(errors.contains).joined(separator: ", ")
    throw Refusal(
      .conflict,
      vi: """
        Kế hoạch còn lỗi: \(left). Xem bằng xaso plan check; sửa rồi trình lại, hoặc ghi lý do chấp nhận cho từng mã \
        (--accept "MÃ,MÃ=lý do").
        """,
      en: """
        The plan has errors: \(left). See them with xaso plan check; mend them and submit again, or record a reason for each \
        check (--accept "CHECK,CHECK=reason").
        """)
  }
}
