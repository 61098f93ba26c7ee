public import Schema

/// A plan as an office writes it by hand, in YAML; what `xaso` imports.
///
/// English keys, Vietnamese values, in the words that offices use:
/// ```yaml
/// unit: 38/15043                      # official code, Quyết định 19/2025/QĐ-TTg
/// year: 2026
/// title: Kế hoạch Chuyển đổi số năm 2026
/// number: 31/KH-UBND                  # given by văn thư; may be left out
/// issued: 30/12/2025                  # or 2025-12-30; may be left out
/// assumed: [number, issued]           # not on paper, filled in by the writer; also money unit, province
/// issuer: UBND xã Giao An
/// signer: Chủ tịch
/// purpose: thực hiện                  # đề xuất, Ban Chỉ đạo, kết luận họp, kết luận kiểm tra, của cơ quan; may be left out
/// meeting: {committee: bcd, on: 18/06/2026}   # of conclusions: who met, and when
/// focal: vh-xh                        # đầu mối: one of the offices
/// offices:                            # code: name
///   vp: Văn phòng HĐND và UBND
///   vh-xh: Phòng Văn hóa - Xã hội
///   cac-co-quan: Các cơ quan, đơn vị
/// collectives:                        # one name for several offices: each member does its own
///   cac-co-quan: [vp, vh-xh]
/// parent plan: Kế hoạch số 101/KH-UBND ngày 22/05/2025 của UBND tỉnh Thanh Hóa
/// legal bases:
///   - Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
/// recipients:                         # (b/c) (p/h) (t/h) (để biết) (đăng tải) and Lưu: say what for
///   - Sở Khoa học và Công nghệ (b/c)
///   - "Lưu: VT, VHXH"
/// reporting:
///   - {what: Kết quả thực hiện, frequency: hằng quý, due: trước ngày 12, to: UBND xã}
/// tasks:
///   - no: 1.1
///     name: Duy trì đường truyền internet
///     output: Đường truyền ổn định
///     pillar: hạ tầng số               # trụ cột
///     lead: vp                        # one code or a list
///     with: [vh-xh]
///     time: Quý I - Quý III/2026      # as printed
///     start: 01/01/2026
///     due: 30/09/2026
///     repeats: hằng tháng             # thường xuyên, hằng tháng, hai lần một tháng, hằng quý, hằng năm
///     cost: 40 triệu                  # 1,5 tỷ; 40.000.000; 40000000
///     source: xã (Ngân sách xã)         # in brackets the words of the paper
///     reference: 19-TB/TGV
///     rationale: Thay đường truyền cũ   # for the leaders; it never leaves the commune. Of targets too
/// targets:
///   - group: Hạ tầng                  # what is said beside `rows` holds for each of them
///     due: 31/12/2026
///     lead: vp
///     rows:
///       - no: 1
///         indicator: Hồ sơ xử lý trên môi trường mạng
///         target: ≥ 90 %              # ≥ > = ≤ <, trên, dưới, từ … trở lên, báo cáo, duy trì 95 %
///         numerator: hồ sơ xử lý trên môi trường mạng
///         denominator: tổng số hồ sơ
///         size: 4.200                 # what the denominator counts, where known
///         data: Văn phòng             # who holds the figures
/// objectives:                         # targets that stand elsewhere; grouped like targets
///   - {place: II.2, indicator: Hồ sơ xử lý trên môi trường mạng, target: 90 %}
/// results:
///   - {indicator: Số hóa hồ sơ, value: 99,9 %, year: 2025, place: I.2}
/// cited:                              # documents named in passing
///   - {document: Kế hoạch số 2273/KH-UBND ngày 22/05/2025, title: thực hiện Nghị quyết 71/NQ-CP, place: Phần I.1}
/// budget:
///   units: triệu đồng                 # as printed
///   total: 844 triệu
///   groups: [{rows: 1, total: 727 triệu}]     # rows 1.1, 1.2 …
///   spending: 84 tỷ                   # all that the commune spends in the year
/// layout:                             # of the paper itself
///   motto: có
///   lines: ["Số: /KH-UBND"]           # letterhead, titles of appendices
///   outline: [I, II, II.1, II.2]      # numbers of the headings
///   signature: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]
/// ```
/// Numbers are written as in Viet Nam: `1.000` is a thousand, `99,9` a decimal. Tasks are grouped like targets, without
/// a name for the group. Sources: the plans of five communes; Article 8 of Decree 30/2020/NĐ-CP.
public struct PlanDocument: Hashable, Sendable {
  public var unit: Unit
  public var head: PlanHead
  public var tasks: [TaskRow]
  public var targets: [TargetRow]
  public var number: DocumentNumber?
  public var issuedOn: Day?
  public var body: PlanBody

  public init(
    unit: Unit, head: PlanHead, tasks: [TaskRow], targets: [TargetRow], number: DocumentNumber? = nil,
    issuedOn: Day? = nil, body: PlanBody = PlanBody()
  ) {
    self.unit = unit
    self.head = head
    self.tasks = tasks
    self.targets = targets
    self.number = number
    self.issuedOn = issuedOn
    self.body = body
  }

  /// Reads the form above. All that is wrong in it is reported together, but for what is not YAML at all.
  public static func read(yaml: String) throws(PlanProblems) -> PlanDocument {
    let log = ProblemLog()
    do throws(PlanProblem) {
      let root = try Source.root(of: yaml)
      if let document = PlanReader(log: log).document(.init(node: root, place: "")), log.isEmpty { return document }
    } catch {
      log.add(error)
    }
    throw PlanProblems(log.problems)
  }
}
