import Schema
import Testing

@testable import PlanDocuments

/// The same things as other offices write them: other headings, numbers, columns and labels than the invented plans have.
@Suite struct OtherHandsTests {
  private func read(_ text: String) throws -> PlanReading { try PlanReading.read(Array(text.utf8)) }

  private func names(_ codes: [Office.Code], in reading: PlanReading) -> [String] {
    codes.compactMap { code in reading.offices.first { $0.code == code }?.name }
  }

  // MARK: Head

  @Test func letterheadAndRecipientsMayStandInCells() throws {
    let reading = try read(
      """
      | **ỦY BAN NHÂN DÂN**<br>**PHƯỜNG ĐỒNG MƠ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>**Độc lập - Tự do - Hạnh phúc** |
      |---|---|
      | Số: 45 /KH-UBND | *Đồng Mơ, ngày 20 tháng 01 năm 2026* |

      # KẾ HOẠCH

      Chuyển đổi số phường Đồng Mơ năm 2026

      Thực hiện Kế hoạch số 7/KH-UBND ngày 10/01/2026 của UBND thành phố Sơn Hải, UBND phường ban hành kế hoạch như sau:

      ## I. TỔ CHỨC THỰC HIỆN

      1. Phòng Kinh tế, Hạ tầng và Đô thị: bố trí kinh phí.

      2. Phòng Văn hóa - Xã hội: báo cáo UBND phường trước ngày 20 tháng cuối quý.

      | ***Nơi nhận:***<br>- UBND thành phố;<br>- Lưu: VT. | **TM. ỦY BAN NHÂN DÂN**<br>**CHỦ TỊCH**<br>**Trần Thu Minh** |
      |---|---|
      """)
    #expect(reading.number?.value.description == "45/KH-UBND")
    #expect(reading.issuedOn?.value == Day(2026, 1, 20))
    #expect(reading.layout.motto == true)
    #expect(reading.recipients.map(\.value.name) == ["UBND thành phố", "VT"])
    #expect(reading.signer == "Chủ tịch")
    #expect(reading.bases.map(\.value.parent) == [true])
    #expect(reading.duties.map(\.value.office) == ["Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội"])
    #expect(reading.duties.first?.value.duties == ["bố trí kinh phí."])
    #expect(reading.reporting.map(\.value.to) == ["UBND phường"])
  }

  @Test func aDecisionThatPromulgatesThePlanAboveIsTheParent() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      Căn cứ Quyết định số 5/QĐ-UBND ngày 2/1/2026 của UBND tỉnh Sơn Hải về tổ chức bộ máy;
      Căn cứ Quyết định số 31/QĐ-UBND ngày 22/12/2025 của Chủ tịch UBND tỉnh Sơn Hải phê duyệt Kế hoạch chuyển đổi số;
      I. MỤC TIÊU
      """)
    #expect(reading.bases.map(\.value.parent) == [false, true])
  }

  @Test func narrowColumnsBreakADateAndSetMottoBesideIssuer() throws {
    let reading = try read(
      """
      ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      XÃ ĐỒNG MƠ           Độc lập – Tự do – Hạnh phúc

      Đồng Mơ, ngày 16 tháng 01 năm

      2026
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I- TỔ CHỨC THỰC HIỆN
      - Phòng Kinh tế: đầu mối, hàng quý báo cáo.
      - Công an xã chủ trì làm sạch dữ liệu.
      """)
    #expect(reading.issuedOn?.value == Day(2026, 1, 16))
    #expect(reading.layout.motto == true)
    #expect(reading.duties.map(\.value.office) == ["Phòng Kinh tế", "Công an xã"])
    #expect(reading.duties.map(\.value.duties) == [["đầu mối, hàng quý báo cáo."], ["chủ trì làm sạch dữ liệu."]])
    #expect(names([reading.focal].compactMap(\.self), in: reading) == ["Phòng Kinh tế"])
  }

  // MARK: Sections

  @Test(arguments: [
    "A. MỤC TIÊU\nB. NHIỆM VỤ", "I- MỤC TIÊU\nII- NHIỆM VỤ", "I/ CÁC CHỈ TIÊU CHỦ YẾU\nII/ NHIỆM VỤ",
    "Phần thứ nhất: MỤC TIÊU\nPhần thứ hai: NHIỆM VỤ", "1. Hệ thống chỉ tiêu\n2. Nhiệm vụ",
  ])
  func partsAreNumberedInManyWays(_ headings: String) throws {
    let parts = headings.split(separator: "\n")
    let reading = try read(
      "KẾ HOẠCH\nChuyển đổi số năm 2026\n\(parts[0])\n- 90% hồ sơ trực tuyến;\n- Có ít nhất 85% hộ có Internet;\n\(parts[1])\n- Mở lớp học."
    )
    #expect(reading.objectives.map(\.value.value) == [90, 85].map { Quantity($0) })
    #expect(reading.objectives.last?.value.indicator == "Hộ có Internet")
    #expect(reading.measures.map(\.value) == ["Mở lớp học."])
  }

  @Test func numberedLinesWithNothingUnderThemAreItems() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. KẾT QUẢ NĂM 2025
      1. Tỷ lệ hồ sơ đúng hạn đạt 99,1%.
      II. MỤC TIÊU NĂM 2026
      1. Phấn đấu trên 70% dân số có chữ ký số.
      2. Chính quyền số
      a) Tỷ lệ hồ sơ trực tuyến không dưới 80%.
      III. NHIỆM VỤ
      1. Mở lớp học số
      2. Đón đoàn kiểm tra
      """)
    #expect(reading.results.map(\.value.value) == [Quantity("99.1")])
    #expect(reading.objectives.map(\.value.value) == [70, 80].map { Quantity($0) })
    #expect(reading.objectives.map(\.value.comparator) == [.known(.above), .known(.atLeast)])
    #expect(reading.objectives.last?.value.indicator == "Tỷ lệ hồ sơ trực tuyến")
    #expect(reading.measures.map(\.value) == ["Mở lớp học số", "Đón đoàn kiểm tra"])
  }

  @Test(
    arguments: [
      ("Tỷ lệ hồ sơ trực tuyến đạt từ 80% đến 90%", "Tỷ lệ hồ sơ trực tuyến", "80", "90"),
      ("Tỷ lệ hồ sơ trực tuyến đạt 80–90%", "Tỷ lệ hồ sơ trực tuyến", "80", "90"),
      ("60 % - 70 % người dân có chữ ký số", "Người dân có chữ ký số", "60", "70"),
      ("Phấn đấu trong khoảng 62,5 đến 70% hộ có Internet", "Hộ có Internet", "62.5", "70"),
      ("Đến năm 2026 - 80% hồ sơ trực tuyến", "Đến năm 2026 - hồ sơ trực tuyến", "80", nil),
      ("Nhóm 3 - 80% hồ sơ trực tuyến", "Nhóm 3 - hồ sơ trực tuyến", "80", nil),
      ("Tỷ lệ hồ sơ trực tuyến không dưới 80%", "Tỷ lệ hồ sơ trực tuyến", "80", nil),
      ("Giai đoạn 2025-2030 đạt 80%", "Giai đoạn 2025-2030", "80", nil),
    ] as [(String, String, String, String?)])
  func aSentenceMayPromiseARange(_ text: String, _ name: String, _ value: String, _ upper: String?) throws {
    let pledge = try #require(Pledge.all(in: text).first)
    #expect(Pledge.all(in: text).count == 1)
    #expect(pledge.name == name)
    #expect((pledge.comparator == .range) == (upper != nil))
    #expect(pledge.value?.description == value && pledge.upper?.description == upper)
  }

  @Test func whatRisesIsInNoRange() throws {
    #expect(Pledge.all(in: "Hồ sơ trực tuyến tăng từ 80% đến 90%").allSatisfy { $0.upper == nil })
  }

  @Test func aLineThatBeginsWithAShortWordIsNoNewItem() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. MỤC TIÊU
      - 100% phòng chuyên môn của xã lập và quản lý hồ sơ công việc dạng điện
      tử, riêng hồ sơ mật theo quy định.
      - 80% cuộc họp không dùng giấy.
      """)
    #expect(
      reading.objectives.map(\.value.indicator) == [
        "Phòng chuyên môn của xã lập và quản lý hồ sơ công việc dạng điện tử, riêng hồ sơ mật theo quy định",
        "Cuộc họp không dùng giấy",
      ])
  }

  @Test(arguments: ["1.Phòng", "1.Công", "1) Phòng", "I.Phòng", "I- Phòng", "a.Phòng", "1.2.Phòng"])
  func aNumberMayTouchItsHeading(_ text: String) {
    #expect(Numbering(text + " họp")?.title == text.drop { !$0.isLetter || "Ia".contains($0) } + " họp")
  }

  @Test(arguments: [
    "bộ, ngành", "tử, trong đó", "v.v. và", "nq57.vn là", "57-NQ/TW", "1.000 người", "100%, đạt", "a lô",
  ])
  func wordsAndFiguresAreNoNumbers(_ text: String) { #expect(Numbering(text) == nil) }

  @Test func whatAPurposeSaysOfTasksIsNoTask() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. MỤC ĐÍCH, YÊU CẦU
      1. Xác định nhiệm vụ của từng cơ quan
      2. Bảo đảm đúng tiến độ
      II. NHIỆM VỤ
      (Chi tiết tại Phụ lục kèm theo)
      III. TỔ CHỨC THỰC HIỆN
      Kế hoạch được niêm yết công khai.
      """)
    #expect(reading.measures.isEmpty)
    #expect(reading.findings.contains { $0.words.hasPrefix("(Chi tiết") })
    #expect(reading.findings.contains { $0.words == "Kế hoạch được niêm yết công khai." })
  }

  // MARK: Offices

  @Test(arguments: [
    "Chủ trì: Phòng Kinh tế; Phối hợp: Công an xã, Hội Nông dân",
    "Đơn vị chủ trì: Phòng Kinh tế. Đơn vị phối hợp: Công an xã; Hội Nông dân",
    "Phòng Kinh tế (chủ trì); Công an xã, Hội Nông dân (phối hợp)", "Phòng Kinh tế/Công an xã, Hội Nông dân",
    "Phòng Kinh tế, Công an xã, Hội Nông dân",
  ])
  func oneCellNamesWhoLeadsAndWhoHelps(_ cell: String) throws {
    let reading = try read(
      "STT\tNhiệm vụ\tĐơn vị chủ trì, phối hợp\tHoàn thành\n1\tMở lớp học số\t\(cell)\tT6/2026\n2\tMua máy\tPhòng Kinh tế\tQuý 1 - Quý 3 năm 2026"
    )
    let task = try #require(reading.tasks.first?.value)
    #expect(names(task.leads, in: reading) == ["Phòng Kinh tế"])
    #expect(names(task.coordinating, in: reading) == ["Công an xã", "Hội Nông dân"])
    #expect(task.due == Day(2026, 6, 30))
    // Where nothing says who leads, the reading says that it guessed.
    let guesses = reading.findings.count { if case .firstLeads = $0.reason { true } else { false } }
    #expect(guesses == (cell.hasPrefix("Phòng Kinh tế, ") ? 1 : 0))
  }

  // MARK: Tables

  @Test func linesAboveATableOfTheBodyNameItsMoney() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      1. Nhiệm vụ
      Bảng 2. Danh mục nhiệm vụ (ĐVT: nghìn đồng)
      TT\tTên nhiệm vụ\tĐơn vị chủ trì\tThời gian\tTổng mức\tTrong đó\t
      \t\t\t\t\tNS tỉnh\tNS xã
      A\tChuyển tiếp\t\t\t150.000\t100.000\t50.000
      1\tPhòng họp\tPhòng Kinh tế\t2025-2026\t150.000\t100.000\t50.000
      B\tMới\t\t\t75.000\t\t75.000
      1\tMáy tính\tPhòng Kinh tế\tQuý I/2026\t75.000\t\t75.000
      2\tBáo cáo\tPhòng Kinh tế\tQuý I/2026\tKhông\t\t
      \tTỔNG CỘNG (A+B)\t\t\t225.000\t100.000\t125.000
      """)
    #expect(reading.tasks.map(\.value.number) == ["A.1", "B.1", "B.2"])
    #expect(reading.tasks.map(\.value.cost?.dong) == [150_000_000, 75_000_000, 0])
    #expect(reading.tasks.first?.value.start == Day(2025, 1, 1))
    #expect(reading.budgets.first?.value.declared == Money(dong: 225_000_000))
    #expect(reading.budgets.first?.value.unit == "nghìn đồng")
    let unread = reading.findings.compactMap { if case .columnUnread(let heading) = $0.reason { heading } else { nil } }
    #expect(unread == ["Trong đó NS tỉnh", "Trong đó NS xã"])
    #expect(reading.objectives.isEmpty && reading.measures.isEmpty)
  }

  @Test func pastYearsStandBesideTargets() throws {
    let reading = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. CHỈ TIÊU
      Chỉ tiêu\tKế hoạch năm 2025\tThực hiện 2025\tKH 2026\tKH 2030\tĐầu mối
      Chính quyền số\t\t\t\t\t
      Hồ sơ trực tuyến (%)\t60\t61,3\t≥ 75\t90\tCông an xã
      Điểm wifi công cộng (điểm)\t4\t4\t8\t20\tPhòng Kinh tế
      """)
    #expect(
      reading.targets.map(\.value.indicator) == [
        "Hồ sơ trực tuyến", "Hồ sơ trực tuyến", "Điểm wifi công cộng", "Điểm wifi công cộng",
      ])
    #expect(reading.targets.map(\.value.value) == [75, 90, 8, 20].map { Quantity($0) })
    #expect(reading.targets.map(\.value.number) == ["1.2026", "1.2030", "2.2026", "2.2030"])
    #expect(reading.targets.map(\.value.unit) == ["%", "%", "điểm", "điểm"])
    #expect(reading.targets.map(\.value.due) == [2026, 2030, 2026, 2030].map { Day($0, 12, 31) })
    #expect(reading.results.map(\.value.value) == [Quantity("61.3"), Quantity(4)])
    #expect(reading.results.map(\.value.year) == [2025, 2025])
  }

  @Test func mergedHeadingsNameWhoHelpsAndWhen() throws {
    let reading = try read(
      """
      <table><tr><td rowspan="2">TT</td><td rowspan="2">Nhiệm vụ</td><td colspan="2">Đơn vị thực hiện</td><td rowspan="2">Bắt đầu</td>
      <td rowspan="2">Kết thúc</td><td colspan="2">Kinh phí (đồng)</td></tr>
      <tr><td>Chủ trì</td><td>Phối hợp</td><td>Số tiền</td><td>Nguồn</td></tr>
      <tr><td>1</td><td>Mở lớp<br/>học số</td><td>Phòng Kinh tế, Hạ tầng và Đô thị</td><td>Công an phường</td><td>01/3/2026</td><td>30/6/2026</td>
      <td>36.000.000</td><td>Ngân sách phường</td></tr></table>
      """)
    let task = try #require(reading.tasks.first?.value)
    #expect(task.name == "Mở lớp học số")
    #expect(names(task.leads, in: reading) == ["Phòng Kinh tế, Hạ tầng và Đô thị"])
    #expect(names(task.coordinating, in: reading) == ["Công an phường"])
    #expect(task.start == Day(2026, 3, 1) && task.due == Day(2026, 6, 30))
    #expect(task.cost == Money(dong: 36_000_000) && task.sourceText == "Ngân sách phường")
  }

  @Test(arguments: [
    ("T6/2026", nil, Day(2026, 6, 30)), ("2025-2026", Day(2025, 1, 1), Day(2026, 12, 31)),
    ("Quý 1 - Quý 3 năm 2026", Day(2026, 1, 1), Day(2026, 9, 30)),
    ("Quý II, III/2026", Day(2026, 4, 1), Day(2026, 9, 30)),
    ("Giai đoạn 2026-2030", Day(2026, 1, 1), Day(2030, 12, 31)),
  ])
  func timesAreWrittenShort(_ text: String, start: Day?, due: Day?) {
    let timing = TimeCell(text, year: 2026)
    #expect(timing.start == start && timing.due == due && timing.isWhole)
  }

  @Test func aTasksPillarIsItsColumnsOrItsGroups() throws {
    let columns = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. NHIỆM VỤ
      TT\tLĩnh vực\tNhiệm vụ\tĐơn vị chủ trì\tThời gian
      1\tHạ tầng số\tSửa mạng nội bộ\tVăn phòng HĐND và UBND\tQuý II
      2\tTrồng trọt\tDán mã truy xuất nông sản\tPhòng Kinh tế\tQuý III
      """)
    #expect(columns.tasks.map(\.value.pillar?.known) == [.infrastructure, nil])
    #expect(columns.findings.filter { $0.reason == .columnUnread("Lĩnh vực") }.map(\.words) == ["Trồng trọt"])
    let groups = try read(
      """
      KẾ HOẠCH
      Chuyển đổi số năm 2026
      I. NHIỆM VỤ
      TT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian
      I\tPhát triển kinh tế số
      1\tDán mã truy xuất nông sản\tPhòng Kinh tế\tQuý III
      II\tKinh tế số và xã hội số
      2\tMở lớp kỹ năng số\tPhòng Văn hóa - Xã hội\tQuý IV
      """)
    #expect(groups.tasks.map(\.value.pillar?.known) == [.economy, nil])
    #expect(groups.findings.filter { $0.reason == .groupNotKept }.map(\.words) == ["Kinh tế số và xã hội số"])
  }
}
