/// A PDF of one page.
enum MinimalPDF {
  /// A few lines of plain letters.
  static func file(_ lines: [String]) -> [UInt8] {
    file(
      content: "BT /F1 12 Tf 14 TL 50 780 Td " + lines.map { "(\($0)) Tj T*" }.joined(separator: " ") + " ET",
      fonts: ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"])
  }

  /// - Parameter fonts: `/F1`, object 5, and what it refers to from object 6 on.
  static func file(content: String, fonts: [String]) -> [UInt8] {
    let objects =
      [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(content),
      ] + fonts
    var text = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets { text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }

  static func stream(_ content: String) -> String {
    "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream"
  }
}
