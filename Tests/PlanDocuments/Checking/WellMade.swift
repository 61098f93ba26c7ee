import PlanDocuments
import Schema

/// A plan as it should be, and the parent plan that it carries out: nothing is found in it. Of our own invention.
enum WellMade {
  static let yaml = """
    unit: 38/15043
    year: 2027
    title: Kế hoạch Chuyển đổi số năm 2027
    number: 12/KH-UBND
    issued: 15/12/2026
    issuer: UBND xã Giao An
    signer: Chủ tịch
    focal: vh-xh
    offices:
      vp: Văn phòng HĐND và UBND
      vh-xh: Phòng Văn hóa - Xã hội
      kt: Phòng Kinh tế
      ca: Công an xã
    parent plan: Kế hoạch số 300/KH-UBND ngày 20/11/2026 của UBND tỉnh Thanh Hóa
    legal bases:
      - Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
      - Nghị quyết số 71/NQ-CP ngày 01/04/2025 của Chính phủ
      - Nghị quyết số 11/NQ-CP ngày 14/01/2026 của Chính phủ
    recipients:
      - UBND tỉnh (b/c)
      - Thường trực Đảng ủy, Thường trực HĐND xã
      - Các cơ quan, đơn vị (t/h)
      - "Lưu: VT"
    reporting:
      - {what: Kết quả thực hiện, frequency: hằng quý, due: trước ngày 15, to: UBND xã}
    tasks:
      - no: 1.1
        name: Mở tài khoản định danh điện tử VNeID cho người dân tại thôn
        output: 9 thôn, mỗi thôn 2.000.000 đồng
        lead: ca
        with: vh-xh
        time: Quý I - Quý III/2027
        start: 01/01/2027
        due: 30/09/2027
        cost: 18 triệu
        source: xã
      - no: 1.2
        name: Hướng dẫn hồ sơ thủ tục hành chính trực tuyến
        lead: vp
        time: Thường xuyên
        repeats: thường xuyên
        cost: 22 triệu
        source: xã
      - no: 2.1
        name: Bố trí chi ngân sách cho khoa học, công nghệ và chuyển đổi số
        lead: kt
        due: 30/06/2027
        cost: 0
    targets:
      - due: 31/12/2027
        rows:
          - no: 1
            indicator: Người dân có tài khoản định danh điện tử VNeID
            target: ≥ 90 %
            lead: ca
            numerator: người có tài khoản
            denominator: người từ 14 tuổi
            size: 4.200
            data: Công an xã
          - no: 2
            indicator: Hồ sơ thủ tục hành chính xử lý trực tuyến
            target: ≥ 85 %
            lead: vp
            numerator: hồ sơ trực tuyến
            denominator: tổng số hồ sơ
            data: Văn phòng
          - no: 3
            indicator: Chi ngân sách cho khoa học, công nghệ và chuyển đổi số
            target: ≥ 2 %
            lead: kt
            numerator: chi cho chuyển đổi số
            denominator: tổng chi ngân sách xã
            data: Phòng Kinh tế
    objectives:
      - {place: II.2, indicator: Người dân có tài khoản định danh điện tử VNeID, target: ≥ 90 %}
    results:
      - {indicator: Người dân có tài khoản định danh điện tử VNeID, value: "82,5 %", year: 2026, place: I.2}
    cited:
      - {document: Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ, title: Đề án 06 giai đoạn 2022-2025, place: I.2}
    budget:
      units: đồng
      total: 40 triệu
      groups:
        - {rows: 1, total: 40 triệu}
        - {rows: 2, total: 0}
      spending: 2 tỷ
    layout:
      motto: có
      lines: ["Số: 12/KH-UBND", "Giao An, ngày 15 tháng 12 năm 2026"]
      outline: [I, I.1, I.2, II, II.1, II.2, II.2.a, II.2.b, III]
      signature: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]
    """

  static let parent = """
    unit: "38"
    year: 2027
    title: Kế hoạch Chuyển đổi số năm 2027
    issuer: UBND tỉnh Thanh Hóa
    focal: so-khcn
    offices:
      so-khcn: Sở Khoa học và Công nghệ
    targets:
      - due: 31/12/2027
        lead: so-khcn
        rows:
          - no: 1
            indicator: Người dân có tài khoản định danh điện tử VNeID
            target: ≥ 88 %
          - no: 2
            indicator: Số khu dân cư bị lõm sóng
            target: ≤ 40 khu dân cư
    """

  /// The findings after pieces of the text were replaced.
  static func findings(_ changes: [(String, String)] = []) throws -> [Finding] {
    let yaml = changes.reduce(yaml) { $0.replacing($1.0, with: $1.1) }
    let context = CheckContext(parent: try PlanDocument.read(yaml: parent))
    return try PlanDocument.read(yaml: yaml).check(in: context)
  }
}
