import Schema
import Seeds

@testable import PlanDocuments

/// Plans that no commune ever wrote, made by a seed, as an office would put them on paper.
struct Invention {
  var random: Seed

  mutating func plan() -> PlanDocument {
    let year = Int.random(in: 2025...2030, using: &random)
    let codes: [Office.Code] = ["vp", "vh-xh", "kt", "pvhcc", "ca", "tyt"]
    let tasks = (1...Int.random(in: 2...12, using: &random)).map { task($0, year, codes) }
    let groups = ["Hạ tầng số", "Chính quyền số", "Xã hội số"].prefix(Int.random(in: 0...3, using: &random))
    let count = Int.random(in: 2...14, using: &random)
    let targets = (1...count).map { number in
      target(
        number, group: groups.isEmpty ? nil : groups[min(groups.count - 1, (number - 1) * groups.count / count)], codes)
    }
    var used: Set<Office.Code> = ["vh-xh"]
    for task in tasks { used.formUnion(task.leads + task.coordinating) }
    for target in targets { used.formUnion(target.leads + target.coordinating) }
    let head = PlanHead(
      year: year, title: "Kế hoạch Phát triển công nghệ và chuyển đổi số năm \(year)", issuer: "UBND xã Đồng Mơ",
      signer: pick(["Chủ tịch", "Phó Chủ tịch"]), focal: "vh-xh",
      offices: codes.filter(used.contains).map { Office(code: $0, name: Self.offices[$0] ?? "") },
      legalBases: [
        LegalBasis(
          number: "\(Int.random(in: 11...400, using: &random))/KH-UBND".number, kind: "Kế hoạch", date: day(year - 1),
          issuer: "UBND tỉnh Sơn Hải", parent: true),
        LegalBasis(number: "57-NQ/TW", kind: "Nghị quyết", date: Day(2024, 12, 22), issuer: "Bộ Chính trị"),
        LegalBasis(
          number: "\(Int.random(in: 100...999, using: &random))/QĐ-TTg".number, kind: "Quyết định", date: day(year - 2),
          issuer: "Thủ tướng Chính phủ"),
      ],
      recipients: [
        Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report)), Recipient(name: "Các cơ quan, đơn vị xã"),
        Recipient(name: "Trang thông tin điện tử xã", purpose: Open(.publish)),
        Recipient(name: "VT, VHXH", purpose: Open(.file)),
      ])
    return PlanDocument(
      unit: "99/99999", head: head, tasks: tasks, targets: targets,
      number: "\(Int.random(in: 1...300, using: &random))/KH-UBND".number, issuedOn: day(year - 1))
  }

  static let offices: [Office.Code: String] = [
    "vp": "Văn phòng HĐND và UBND", "vh-xh": "Phòng Văn hóa - Xã hội", "kt": "Phòng Kinh tế",
    "pvhcc": "Trung tâm Phục vụ hành chính công", "ca": "Công an xã", "tyt": "Trạm Y tế",
  ]

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func day(_ year: Int) -> Day? {
    Day(year, Int.random(in: 1...12, using: &random), Int.random(in: 1...28, using: &random))
  }

  private mutating func leads(_ codes: [Office.Code]) -> ([Office.Code], [Office.Code]) {
    let mixed = codes.shuffled(using: &random)
    let count = Int.random(in: 1...10, using: &random) < 9 ? 1 : 2
    return (Array(mixed[..<count]), Array(mixed[count..<count + Int.random(in: 0...2, using: &random)]))
  }

  private mutating func phrase() -> String {
    let verb = pick(["Nâng cấp", "Mua sắm", "Duy trì", "Tập huấn", "Số hóa", "Triển khai", "Kiểm tra", "Xây dựng"])
    let thing = pick([
      "đường truyền của trụ sở", "hồ sơ hộ tịch", "kỹ năng cho trưởng thôn", "máy quét tại bộ phận một cửa",
      "bản đồ vùng trồng cam", "loa thông minh ở nhà văn hóa", "phần mềm họp không giấy",
      "tủ mạng và thiết bị lưu điện",
    ])
    let tail = pick([
      "", " theo cấp độ được duyệt", " cho các thôn vùng cao", " phục vụ người dân và hợp tác xã", " (giai đoạn 2)",
    ])
    return "\(verb) \(thing)\(tail)"
  }

  private mutating func task(_ number: Int, _ year: Int, _ codes: [Office.Code]) -> TaskRow {
    let (leads, coordinating) = leads(codes)
    let times: [(String, Day?, Day?, TaskRow.Recurrence?)] = [
      ("Quý II/\(year)", Day(year, 4, 1), Day(year, 6, 30), nil),
      ("Quý I - Quý III/\(year)", Day(year, 1, 1), Day(year, 9, 30), nil),
      ("Tháng 11/\(year)", nil, Day(year, 11, 30), nil),
      ("Năm \(year)", nil, Day(year, 12, 31), nil), ("Thường xuyên", nil, nil, .continuous),
      ("Hàng tháng", nil, nil, .monthly),
    ]
    let time = pick(times)
    let cost =
      Int.random(in: 0...4, using: &random) == 0 ? nil : Int64(Int.random(in: 1...900, using: &random)) * 1_000_000
    let source: (FundSource, String) = pick([
      (.commune, "Ngân sách xã"), (.province, "Ngân sách tỉnh"), (.several, "Ngân sách tỉnh, xã"),
      (.socialised, "Xã hội hóa"),
    ])
    return TaskRow(
      number: "\(number)", name: phrase(), output: pick([nil, "Biên bản nghiệm thu", "Danh sách người học"]),
      leads: leads,
      coordinating: coordinating, time: time.0, start: time.1, due: time.2, recurrence: time.3.map(Open.init),
      cost: cost.map { Money(dong: $0) }, source: cost == nil ? nil : Open(source.0),
      sourceText: cost == nil ? nil : source.1)
  }

  private mutating func target(_ number: Int, group: String?, _ codes: [Office.Code]) -> TargetRow {
    let (leads, coordinating) = leads(codes)
    let name =
      pick([
        "Tỷ lệ hồ sơ được số hóa", "Tỷ lệ thôn có mạng cáp quang", "Tỷ lệ cán bộ dùng chữ ký số",
        "Tỷ lệ hộ có tài khoản thanh toán", "Tỷ lệ học sinh có học bạ số",
      ]) + " đợt \(number)"
    let comparator: TargetRow.Comparator = pick([.atLeast, .above, .exactly, .exactly, .report, .range])
    let value = comparator == .report ? nil : Quantity(pick(["80", "99.9", "100", "62.5", "7"]))
    return TargetRow(
      number: "\(number)", group: group, indicator: name, unit: comparator == .report ? nil : "%",
      comparator: Open(comparator), value: value, upper: comparator == .range ? Quantity("100") : nil, due: nil,
      leads: leads, coordinating: coordinating)
  }
}

extension String {
  fileprivate var number: DocumentNumber? { DocumentNumber(self) }
}
