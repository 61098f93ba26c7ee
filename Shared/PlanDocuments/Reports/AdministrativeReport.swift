public import Schema

/// Báo cáo: what an office sends, as far as its form goes. Decree 30/2020/NĐ-CP, Appendix I, says how it looks.
///
/// XaSo gives no number and no date: văn thư writes both when the document is signed. Nobody's number, telephone or
/// picture stands in it, whatever it is made of.
public struct AdministrativeReport: Hashable, Sendable {
  /// A part of the text, such as `I. CÔNG TÁC CHỈ ĐẠO`.
  public struct Section: Hashable, Sendable {
    public var heading: String
    public var paragraphs: [String]
    public var table: Sheet?

    public init(heading: String, paragraphs: [String] = [], table: Sheet? = nil) {
      self.heading = PersonalData.masked(heading)
      self.paragraphs = paragraphs.map(PersonalData.masked)
      self.table = table
    }
  }

  /// A table with its titles.
  public struct Sheet: Hashable, Sendable {
    public var titles: [String]
    /// In hundredths of the width of the page.
    public var widths: [Int]
    public var rows: [[String]]

    public init(titles: [String], widths: [Int], rows: [[String]]) {
      precondition(
        titles.count == widths.count && rows.allSatisfy { $0.count == titles.count }, "a cell for each title")
      self.titles = titles
      self.widths = widths
      self.rows = rows.map { $0.map(PersonalData.masked) }
    }
  }

  /// Cơ quan chủ quản trực tiếp: `UBND TỈNH THANH HÓA`.
  public var superior: String
  /// Cơ quan ban hành: `ỦY BAN NHÂN DÂN XÃ GIAO AN`.
  public var issuer: String
  /// Ký hiệu: `BC-UBND`.
  public var symbol: String
  /// Địa danh: `Giao An`.
  public var place: String
  public var year: Int
  /// Trích yếu
  public var subject: String
  public var sections: [Section]
  /// On pages of their own.
  public var annexes: [Section]
  /// `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
  public var signing: [String]
  /// Nơi nhận
  public var recipients: [String]
  /// What its figures were frozen as.
  public var hash: Fingerprint

  public init(
    superior: String, issuer: String, symbol: String = "BC-UBND", place: String, year: Int, subject: String,
    sections: [Section], annexes: [Section], signing: [String] = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    recipients: [String], hash: Fingerprint
  ) {
    self.superior = superior
    self.issuer = issuer
    self.symbol = symbol
    self.place = place
    self.year = year
    self.subject = PersonalData.masked(subject)
    self.sections = sections
    self.annexes = annexes
    self.signing = signing
    self.recipients = recipients.map(PersonalData.masked)
    self.hash = hash
  }
}

extension AdministrativeReport {
  /// For an e-mail, or an editor that knows no Word.
  public var markdown: String {
    var lines = [
      "**\(superior)**  ", "**\(issuer)**", "", "Số: ……/\(symbol)", "", "*\(place), ngày …… tháng …… năm \(year)*", "",
      "# BÁO CÁO", "", "**\(subject)**", "",
    ]
    for section in sections { lines += section.markdown(level: 2) }
    lines += signing.map { "**\($0)**  " } + [""]
    lines += ["***Nơi nhận:***", ""] + recipients.map { "- \($0)" } + [""]
    for annex in annexes { lines += annex.markdown(level: 2) }
    return (lines + ["Mã băm số liệu: `\(hash)`", ""]).joined(separator: "\n")
  }
}

extension AdministrativeReport.Section {
  fileprivate func markdown(level: Int) -> [String] {
    var lines = ["\(String(repeating: "#", count: level)) \(heading)", ""]
    for paragraph in paragraphs { lines += [paragraph, ""] }
    if let table {
      func line(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ") + " |"
      }
      lines += [line(table.titles), line(table.titles.map { _ in "---" })] + table.rows.map(line) + [""]
    }
    return lines
  }
}
