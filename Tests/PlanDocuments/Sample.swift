import PlanDocuments
import Testing

/// A small plan without mistakes, to break in one place at a time.
enum Sample {
  static let yaml = """
    unit: 38/15043
    year: 2026
    title: Kế hoạch Chuyển đổi số
    number: 31/KH-UBND
    issued: 30/12/2025
    assumed: [number]
    issuer: UBND xã Giao An
    focal: vh-xh
    offices:
      vp: Văn phòng
      vh-xh: Phòng Văn hóa - Xã hội
    legal bases:
      - Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
    reporting:
      - {what: Kết quả, frequency: hằng quý, to: UBND xã}
    tasks:
      - no: 1
        name: Đường truyền
        lead: vp
        cost: 40 triệu
        source: xã
        due: 31/12/2026
      - no: 2
        name: Tập huấn
        lead: [vh-xh, vp]
        repeats: hằng tháng
    targets:
      - group: Hạ tầng
        due: 31/12/2026
        rows:
          - no: 1
            indicator: Hồ sơ điện tử
            target: ≥ 90 %
            lead: vp
    """

  /// The problems after one piece of the text was replaced, as `line place reason`.
  static func problems(_ old: String, _ new: String) throws -> [PlanProblem] {
    try #require(yaml.contains(old))
    return try problems(of: yaml.replacing(old, with: new, maxReplacements: 1))
  }

  static func problems(of yaml: String) throws -> [PlanProblem] {
    let failure = try #require(throws: PlanProblems.self) { try PlanDocument.read(yaml: yaml) }
    return failure.problems
  }
}
