import Schema

@testable import PlanDocuments

/// A plan on paper: its paragraphs and tables, before they become a file of some kind.
struct Paper {
  enum Block {
    case text(String)
    case table([[Cell]])
  }

  struct Cell {
    var text: String
    var columns = 1
    /// 1, or how many rows it reaches down; 0 where it is covered by the cell above.
    var rows = 1
  }

  var blocks: [Block] = []

  init(_ plan: PlanDocument) {
    let year = plan.head.year
    text("Số: \(plan.number?.description ?? "")")
    text("Đồng Mơ, ngày \(Self.longDay(plan.issuedOn))")
    text("KẾ HOẠCH")
    text(String(plan.head.title.dropFirst("Kế hoạch ".count)))
    text(
      "Thực hiện \(Self.cited(plan.head.legalBases[0])) về phát triển công nghệ số; UBND xã Đồng Mơ ban hành kế hoạch như sau:"
    )
    text("I. CĂN CỨ LẬP KẾ HOẠCH")
    for basis in plan.head.legalBases.dropFirst() { text("- \(Self.cited(basis)) về chuyển đổi số;") }
    text("II. MỤC TIÊU")
    text("1. Mục tiêu chung")
    text("Đưa công nghệ đến từng thôn.")
    text("2. Mục tiêu cụ thể")
    text("- 100% thôn có điểm truy cập công cộng;")
    text("- Tỷ lệ người dân hài lòng đạt từ 90% trở lên.")
    text("III. TỔ CHỨC THỰC HIỆN")
    text("1. Phòng Văn hóa - Xã hội")
    text("- Là đầu mối theo dõi, định kỳ hàng quý báo cáo UBND xã trước ngày 12 tháng cuối quý.")
    text("Trên đây là Kế hoạch năm \(year) của UBND xã Đồng Mơ, tỉnh Sơn Hải./.")
    text("Nơi nhận:")
    for recipient in plan.head.recipients { text("- \(Self.printed(recipient));") }
    text(plan.head.signer == "Chủ tịch" ? "TM. ỦY BAN NHÂN DÂN" : "KT. CHỦ TỊCH")
    text(plan.head.signer == "Chủ tịch" ? "CHỦ TỊCH" : "PHÓ CHỦ TỊCH")
    text("PHỤ LỤC I")
    text("CHỈ TIÊU NĂM \(year)")
    blocks.append(.table(targets(plan)))
    text("PHỤ LỤC II")
    text("NHIỆM VỤ NĂM \(year)")
    text("Đơn vị tính: triệu đồng")
    blocks.append(.table(tasks(plan)))
  }

  private mutating func text(_ text: String) { blocks.append(.text(text)) }

  private func targets(_ plan: PlanDocument) -> [[Cell]] {
    var rows = [
      ["TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu", "Cơ quan chủ trì", "Cơ quan phối hợp"].map { Cell(text: $0) }
    ]
    var group: String?
    for target in plan.targets {
      if let name = target.group, name != group { rows.append([Cell(text: "-"), Cell(text: name, columns: 5)]) }
      group = target.group
      let sign = [.atLeast: "≥ ", .above: "trên "][target.comparator.known ?? .exactly, default: ""]
      let value = target.value.map { sign + $0.written(upTo: target.upper) } ?? "Báo cáo"
      rows.append(
        [
          target.number, target.indicator, target.unit ?? "", value, offices(target.leads),
          offices(target.coordinating),
        ].map { Cell(text: $0) })
    }
    return rows
  }

  /// Two lines of headings, the offices' under one; a lead that holds for several rows stands once.
  private func tasks(_ plan: PlanDocument) -> [[Cell]] {
    let headings =
      ["TT", "Nhiệm vụ", "Sản phẩm"].map { Cell(text: $0, rows: 2) } + [Cell(text: "Cơ quan", columns: 2)]
      + ["Thời gian", "Kinh phí", "Nguồn vốn"].map { Cell(text: $0, rows: 2) }
    let below =
      [
        Cell(text: "", rows: 0), Cell(text: "", rows: 0), Cell(text: "", rows: 0), Cell(text: "chủ trì"),
        Cell(text: "phối hợp"),
      ]
      + [Cell(text: "", rows: 0), Cell(text: "", rows: 0), Cell(text: "", rows: 0)]
    var rows = [headings, below]
    for (index, task) in plan.tasks.enumerated() {
      let same = plan.tasks[index...].prefix { $0.leads == task.leads }.count
      let covered = index > 0 && plan.tasks[index - 1].leads == task.leads
      let cost = task.cost.map { Money(dong: $0.dong / 1_000_000).written } ?? ""
      rows.append([
        Cell(text: task.number), Cell(text: task.name), Cell(text: task.output ?? ""),
        Cell(text: offices(task.leads), rows: covered ? 0 : same), Cell(text: offices(task.coordinating)),
        Cell(text: task.time ?? ""), Cell(text: cost), Cell(text: task.sourceText ?? ""),
      ])
    }
    let sum = plan.tasks.compactMap(\.cost?.dong).reduce(0, +) / 1_000_000
    rows.append([
      Cell(text: ""), Cell(text: "Tổng cộng", columns: 5), Cell(text: Money(dong: sum).written), Cell(text: ""),
    ])
    return rows
  }

  private func offices(_ codes: [Office.Code]) -> String {
    codes.compactMap { Invention.offices[$0] }.joined(separator: "; ")
  }

  private static func cited(_ basis: LegalBasis) -> String {
    "\(basis.kind) số \(basis.number?.description ?? "") ngày \(basis.date?.written ?? "") của \(basis.issuer ?? "")"
  }

  private static func longDay(_ day: Day?) -> String {
    guard let (year, month, day) = day?.components else { return "" }
    return "\(day) tháng \(month) năm \(year)"
  }

  private static func printed(_ recipient: Recipient) -> String {
    switch recipient.purpose?.known {
    case .report: "\(recipient.name) (b/c)"
    case .publish: "\(recipient.name) (để đăng tải)"
    case .file: "Lưu: \(recipient.name)"
    default: recipient.name
    }
  }
}

/// A paper as a file of each kind that the reader takes.
extension Paper {
  var markdown: String {
    rendered(heading: { "\n**\($0)**\n" }) { rows in
      var lines = rows.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
      lines.insert("|" + String(repeating: "---|", count: rows.first?.count ?? 1), at: min(1, lines.count))
      return lines.joined(separator: "\n") + "\n"
    }
  }

  var tabs: String {
    rendered(heading: { $0 }) { rows in rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n" }
  }

  var html: String {
    blocks.map { block in
      switch block {
      case .text(let text): return "<p>\(Self.escaped(text))</p>"
      case .table(let rows):
        let lines = rows.map { row in
          "<tr>"
            + row.filter { $0.rows > 0 }.map { cell in
              "<td colspan=\"\(cell.columns)\" rowspan=\"\(cell.rows)\">\(Self.escaped(cell.text))</td>"
            }.joined() + "</tr>"
        }
        return "<table>\n" + lines.joined(separator: "\n") + "\n</table>"
      }
    }.joined(separator: "\n")
  }

  /// The text of a PDF: lines of 80 characters at most, each cell broken to its column's width, columns lost.
  var drawn: String {
    blocks.map { block in
      switch block {
      case .text(let text): return Self.broken(text, 80)
      case .table(let rows):
        return Self.flat(rows).map { row in
          let widths = row.count > 6 ? [4, 26, 40, 14, 16, 14, 12, 12] : [4, 60, 10, 10, 20, 20]
          return row.enumerated().filter { !$1.isEmpty }.map {
            Self.broken($1, widths[min($0, widths.count - 1)])
          }.joined(separator: "\n\n")
        }.joined(separator: "\n\n")
      }
    }.joined(separator: "\n\n")
  }

  /// Tables without merged cells: what is merged is repeated, two lines of headings become one.
  private func rendered(heading: (String) -> String, table: ([[String]]) -> String) -> String {
    blocks.map { block in
      switch block {
      case .text(let text): Numbering(text) == nil ? text + "\n" : heading(text)
      case .table(let rows): table(Self.flat(rows))
      }
    }.joined(separator: "\n")
  }

  static func flat(_ rows: [[Cell]]) -> [[String]] {
    var flat: [[String]] = []
    for row in rows {
      var texts: [String] = []
      for cell in row {
        texts.append(cell.rows == 0 ? (flat.last?.dropFirst(texts.count).first ?? "") : cell.text)
        texts += Array(repeating: "", count: cell.columns - 1)
      }
      flat.append(texts)
    }
    guard flat.count > 1, rows[1].contains(where: { $0.rows == 0 }), rows[0].contains(where: { $0.columns > 1 }) else {
      return flat
    }
    var above = ""
    for column in flat[0].indices where column < flat[1].count {
      if !flat[0][column].isEmpty { above = flat[0][column] }
      if flat[1][column] != flat[0][column] { flat[0][column] = "\(above) \(flat[1][column])" }
    }
    flat.remove(at: 1)
    return flat
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private static func broken(_ text: String, _ width: Int) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count >= width { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n\n")
  }
}
