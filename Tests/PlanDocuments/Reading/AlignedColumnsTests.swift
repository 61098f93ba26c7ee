import Schema
import Testing

@testable import PlanDocuments

/// Tables and letterheads whose columns are kept by spaces alone.
@Suite struct AlignedColumnsTests {
  private func read(_ text: String) throws -> PlanReading { try PlanReading.read(Array(text.utf8)) }

  /// A page's number and the headings once more stand between rows 2 and 3.
  private let table = """
    KẾ HOẠCH
    Chuyển đổi số năm 2026

    PHỤ LỤC 1
    DANH MỤC NHIỆM VỤ
    (Kèm theo Kế hoạch số 112/KH-UBND ngày 05/02/2026)
                                                               Đơn vị tính: nghìn đồng
    STT   Nội dung công việc          Cơ quan        Cơ quan phối    Thời gian    Kinh phí
                                      chủ trì        hợp             hoàn thành
     1    Mua 04 máy quét phục vụ     Văn phòng      Phòng Kinh tế   Quý I/2026      86.500
          số hóa hồ sơ                HĐND và
                                      UBND
     2    Mở ba lớp học nâng cao kỹ   Phòng Văn hóa  Các thôn        Tháng 6/2026    40.000
          năng số cho người lớn tuổi  - Xã hội
                                                                                              4

    STT   Nội dung công việc          Cơ quan        Cơ quan phối    Thời gian    Kinh phí
                                      chủ trì        hợp             hoàn thành
     3    Lắp điểm phát wifi          Phòng Kinh     Công an xã      Quý III/2026    60.000
                                      tế
          Tổng cộng                                                                 186.500
    """

  @Test func whatStandsBelowAHeadingIsItsColumns() throws {
    let reading = try read(table)
    let tasks = reading.tasks.map(\.value)
    #expect(
      tasks.map(\.name) == [
        "Mua 04 máy quét phục vụ số hóa hồ sơ", "Mở ba lớp học nâng cao kỹ năng số cho người lớn tuổi",
        "Lắp điểm phát wifi",
      ])
    #expect(tasks.map(\.leads) == [["vp"], ["vh-xh"], ["kt"]])
    #expect(tasks.map(\.coordinating) == [["kt"], ["thon"], ["ca"]])
    #expect(tasks.map(\.due) == [Day(2026, 3, 31), Day(2026, 6, 30), Day(2026, 9, 30)])
    #expect(tasks.map(\.cost) == [86_500_000, 40_000_000, 60_000_000].map { Money(dong: $0) })
    #expect(reading.budgets.map(\.value.declared) == [Money(dong: 186_500_000)])
    #expect(reading.findings.contains { $0.reason == .columnsLost })
  }

  @Test func aFullCellTouchesTheNext() throws {
    let reading = try read(table.replacing("người lớn tuổi  - Xã hội", with: "người lớn tuổi. - Xã hội"))
    #expect(reading.tasks.map(\.value.leads) == [["vp"], ["vh-xh"], ["kt"]])
  }

  @Test func moneyWithoutAUnitIsDoubted() throws {
    let reading = try read(table.replacing("Đơn vị tính: nghìn đồng", with: ""))
    #expect(reading.assumed.contains("money unit"))
    #expect(reading.findings.contains { $0.reason == .moneyUnitAssumed("đồng") })
  }

  @Test func leftAndRightOfALetterheadAndASignatureAreReadApart() throws {
    let reading = try read(
      """
              UBND XÃ SUỐI TRAI                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                 Số:      /KH-UBND                     Độc lập - Tự do - Hạnh phúc

                                               Suối Trai, ngày      tháng 02 năm 2026

                                   KẾ HOẠCH
                            Chuyển đổi số năm 2026

      I. TỔ CHỨC THỰC HIỆN
      1. Phòng Văn hóa - Xã hội là cơ quan thường trực, báo cáo UBND xã hàng quý.
                                                                                          2

      Nơi nhận:                                                TM. ỦY BAN NHÂN DÂN
      - UBND tỉnh (b/c);                                            CHỦ TỊCH
      - TT Đảng ủy, HĐND xã;
      - Lưu: VT.
                                                                  Y Thử Niê
      """)
    #expect(reading.layout.motto == true)
    #expect(reading.layout.lines.contains("Số: /KH-UBND"))
    #expect(reading.recipients.map(\.value.name) == ["UBND tỉnh", "TT Đảng ủy, HĐND xã", "VT"])
    #expect(reading.signer == "Chủ tịch")
    #expect(reading.duties.map(\.value.duties) == [["là cơ quan thường trực, báo cáo UBND xã hàng quý."]])
    #expect(!reading.findings.contains { "\($0.reason)".hasPrefix("focalAssumed") })
    #expect(reading.findings.contains { $0.words == "2" })
  }

  @Test func groupsAndTotalsStandWhereTheOfficePutsThem() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      A. MỤC TIÊU
      Chi tiết tại Biểu 1.
      Biểu 1. HỆ THỐNG CHỈ TIÊU
      TT\tLĩnh vực\tTên chỉ tiêu\tĐVT\tKế hoạch 2026\tĐơn vị theo dõi
      I\tChính quyền số
      1\tThủ tục\tHồ sơ trực tuyến\t%\t≥ 80\tVăn phòng HĐND và UBND
      B. NHIỆM VỤ
      Biểu 2. NHIỆM VỤ (ĐVT: triệu đồng)
      TT\tĐơn vị chủ trì\tNhiệm vụ\tThời gian\tTổng KP
      1\tCông an xã\tLắp camera\tTrước 30/9/2026\t216,5
      \t\tCỘNG\t\t216,5
      """)
    #expect(reading.objectives.isEmpty)
    #expect(reading.targets.map(\.value.group) == ["Chính quyền số"])
    #expect(reading.tasks.map(\.value.cost) == [Money(dong: 216_500_000)])
    #expect(reading.budgets.map(\.value.declared) == [Money(dong: 216_500_000)])
  }

  @Test func aNumberMayStandBeforeTheName() throws {
    let reading = try read(
      """
      # KẾ HOẠCH
      Chuyển đổi số năm 2026
      ## I. NHIỆM VỤ

      | Nhóm | Nhiệm vụ | Thực hiện | | Hoàn thành | Dự toán (đồng) |
      |---|---|---|---|---|---|
      | | | Chủ trì | Phối hợp | | |
      | Hạ tầng | 4. Sửa mạng nội bộ | Văn phòng HĐND&UBND | | 31/3/2026 | 35.000.000 |
      | | 5. Lắp trạm phát sóng | Phòng Kinh tế | Công an xã | Quý IV/2026 | 0 |

      ## II. TỔ CHỨC THỰC HIỆN
      Trên đây là Kế hoạch của xã.
      """)
    #expect(reading.tasks.map(\.value.number) == ["4", "5"])
    #expect(reading.tasks.map(\.value.name) == ["Sửa mạng nội bộ", "Lắp trạm phát sóng"])
  }
}
