/// The report as WordprocessingML (ECMA-376, part 1), in the form of Decree 30/2020/NĐ-CP, Appendix I: A4, margins of 20,
/// 20, 30 and 15 mm, Times New Roman, the head in two columns, pages numbered from the second one on.
extension AdministrativeReport {
  /// The bytes of a .docx.
  public func word() throws(UnwritablePackage) -> [UInt8] {
    try PackageWriter.package([
      ("[Content_Types].xml", Self.contentTypes), ("_rels/.rels", Self.relations),
      ("word/_rels/document.xml.rels", Self.documentRelations), ("word/styles.xml", Self.styles),
      ("word/header1.xml", Self.pageNumber), ("word/document.xml", document),
    ])
  }

  private var document: String {
    var body = head
    body += paragraph("BÁO CÁO", size: 28, isBold: true, align: "center", before: 240)
    body += paragraph(subject, size: 28, isBold: true, align: "center", after: 240)
    for section in sections { body += self.section(section) }
    body += foot
    for annex in annexes {
      body += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>" + self.section(annex, isAnnex: true)
    }
    body += paragraph("Mã băm số liệu: \(hash)", size: 16, before: 120)
    return Self.opening("document") + "<w:body>\(body)\(Self.page)</w:body></w:document>"
  }

  // MARK: Its parts

  /// Issuer and number on the left, the nation's name and motto, place and date on the right.
  private var head: String {
    let left =
      paragraph(superior, size: 24, align: "center") + paragraph(issuerInLines, size: 24, isBold: true, align: "center")
      + Self.line(share: 30) + paragraph("Số:        /\(symbol)", size: 26, align: "center")
    let right =
      paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size: 24, isBold: true, align: "center")
      + paragraph("Độc lập - Tự do - Hạnh phúc", size: 26, isBold: true, align: "center") + Self.line(share: 55)
      + paragraph("\(place), ngày       tháng       năm \(year)", size: 26, isItalic: true, align: "center")
    return Self.columns([(42, left), (58, right)])
  }

  /// Its kind on one line and its name on the next: the column is too narrow for both.
  private var issuerInLines: String { issuer.replacing("ỦY BAN NHÂN DÂN ", with: "ỦY BAN NHÂN DÂN\n") }

  private var foot: String {
    let left =
      paragraph("Nơi nhận:", size: 24, isBold: true, isItalic: true)
      + recipients.map { paragraph("- \($0)", size: 22) }.joined()
    let right =
      signing.map { paragraph($0, size: 26, isBold: true, align: "center") }.joined()
      + (0..<4).map { _ in paragraph("", size: 26) }.joined()
    return paragraph("", size: 20) + Self.columns([(50, left), (50, right)])
  }

  private func section(_ section: Section, isAnnex: Bool = false) -> String {
    var text = paragraph(
      section.heading, size: 28, isBold: true, align: isAnnex ? "center" : "both", before: 120, keepsNext: true)
    for part in section.paragraphs {
      text += paragraph(part, size: 28, align: isAnnex ? "center" : "both", after: 120, indent: isAnnex ? 0 : 567)
    }
    if let table = section.table { text += self.table(table) }
    return text
  }

  private func table(_ sheet: Sheet) -> String {
    let total = max(1, sheet.widths.reduce(0, +))
    let widths = sheet.widths.map { $0 * Self.width / total }
    func row(_ cells: [String], isTitle: Bool) -> String {
      let cells = zip(cells, widths).map { text, width in
        "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
          + paragraph(text, size: 22, isBold: isTitle, align: isTitle ? "center" : "left") + "</w:tc>"
      }
      let properties = "<w:trPr><w:cantSplit/>\(isTitle ? "<w:tblHeader/>" : "")</w:trPr>"
      return "<w:tr>\(properties)\(cells.joined())</w:tr>"
    }
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
      .map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>" }.joined()
    return "<w:tbl><w:tblPr><w:tblW w:w=\"\(Self.width)\" w:type=\"dxa\"/><w:tblBorders>\(borders)</w:tblBorders>"
      + "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
      + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>" + row(sheet.titles, isTitle: true)
      + sheet.rows.map { row($0, isTitle: false) }.joined() + "</w:tbl>" + paragraph("", size: 12)
  }

  /// - Parameter size: In half points.
  private func paragraph(
    _ text: String, size: Int, isBold: Bool = false, isItalic: Bool = false, align: String = "left", before: Int = 0,
    after: Int = 0, indent: Int = 0, keepsNext: Bool = false
  ) -> String {
    let run = "\(isBold ? "<w:b/>" : "")\(isItalic ? "<w:i/>" : "")<w:sz w:val=\"\(size)\"/>"
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "<w:t xml:space=\"preserve\">\(Self.escaped(String($0)))</w:t>" }.joined(separator: "<w:br/>")
    return "<w:p><w:pPr>\(keepsNext ? "<w:keepNext/>" : "")<w:spacing w:before=\"\(before)\" w:after=\"\(after)\"/>"
      + (indent > 0 ? "<w:ind w:firstLine=\"\(indent)\"/>" : "") + "<w:jc w:val=\"\(align)\"/></w:pPr>"
      + "<w:r><w:rPr>\(run)</w:rPr>\(lines)</w:r></w:p>"
  }

  /// A rule under a line of the head, so many hundredths of its column wide.
  private static func line(share: Int) -> String {
    let indent = (100 - share) * width / 400
    return "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"
      + "<w:spacing w:before=\"20\" w:after=\"0\"/><w:ind w:left=\"\(indent)\" w:right=\"\(indent)\"/></w:pPr>"
      + "<w:r><w:rPr><w:sz w:val=\"8\"/></w:rPr></w:r></w:p>"
  }

  /// A table without borders.
  private static func columns(_ columns: [(share: Int, content: String)]) -> String {
    let cells = columns.map { column in
      "<w:tc><w:tcPr><w:tcW w:w=\"\(column.share * width / 100)\" w:type=\"dxa\"/></w:tcPr>\(column.content)</w:tc>"
    }
    let grid = columns.map { "<w:gridCol w:w=\"\($0.share * width / 100)\"/>" }.joined()
    return "<w:tbl><w:tblPr><w:tblW w:w=\"\(width)\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>"
      + "<w:tblGrid>\(grid)</w:tblGrid><w:tr>\(cells.joined())</w:tr></w:tbl>"
  }

  // MARK: Fixed parts

  /// Between the margins, in twentieths of a point: 210 mm less 45.
  private static let width = 9355

  private static let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"

  private static func opening(_ name: String) -> String {
    "\(declaration)<w:\(name) xmlns:w=\"\(namespace)\" xmlns:r=\"\(office)\">"
  }

  private static let page =
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    + "<w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" "
    + "w:gutter=\"0\"/><w:titlePg/></w:sectPr>"

  private static let pageNumber =
    opening("hdr") + "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
    + "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
    + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>"

  private static let styles =
    opening("styles") + "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
    + "w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/><w:sz w:val=\"28\"/>"
    + "<w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"

  private static let contentTypes =
    declaration + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    + ["document.main", "styles", "header"].map { part in
      let name = ["document.main": "document", "styles": "styles", "header": "header1"][part] ?? part
      return "<Override PartName=\"/word/\(name).xml\" "
        + "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\(part)+xml\"/>"
    }.joined() + "</Types>"

  private static let relations =
    declaration + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"word/document.xml\"/></Relationships>"

  private static let documentRelations =
    declaration + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    + "<Relationship Id=\"rId1\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
    + "<Relationship Id=\"rId2\" Type=\"\(office)/header\" Target=\"header1.xml\"/></Relationships>"

  /// XML has no place for most control characters, however they are written.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\t": escaped += " "
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
