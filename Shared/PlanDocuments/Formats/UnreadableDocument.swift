public import Schema

/// Why a file could not be read at all, and what to do about it.
public enum UnreadableDocument: Error, Hashable, Sendable {
  case empty
  case tooLarge(limit: Int)
  /// Marked MẬT, TỐI MẬT or TUYỆT MẬT: state secrets stay out of networked systems (Law on the protection of state
  /// secrets, 29/2018/QH14).
  case secret(mark: String)
  case binary
  case notUTF8
  case oldOffice
  case image
  case scan
  case pdfToolMissing
  case pdfUnreadable
  case damaged
  case encrypted
  case inflatesTooMuch(limit: Int)
  case declaresEntities
  case tooDeep
  case tooManyCells(limit: Int)
  case otherPackage
}

extension UnreadableDocument {
  public var text: Text {
    switch self {
    case .empty:
      Text(vi: "tệp không có chữ nào", en: "the file holds no text")
    case .tooLarge(let limit):
      Text(
        vi: "tệp lớn hơn \(limit / 1_048_576) MiB; một kế hoạch không dài như vậy, hãy kiểm tra lại tệp hoặc bỏ ảnh",
        en:
          "the file is larger than \(limit / 1_048_576) MiB; no plan is that long, check the file or take out pictures")
    case .secret(let mark):
      Text(
        vi: "văn bản đóng dấu \(mark); XaSo không nhận và không lưu văn bản mật",
        en: "the document is marked \(mark); XaSo neither takes nor stores secret documents")
    case .binary:
      Text(
        vi: "tệp không phải văn bản; hãy dùng .docx, .pdf, .xlsx, .md, .html hoặc .txt",
        en: "this is no document; use .docx, .pdf, .xlsx, .md, .html or .txt")
    case .notUTF8:
      Text(
        vi: "chữ không ở bảng mã Unicode (UTF-8); hãy mở bằng Word và lưu lại thành .docx",
        en: "the text is not in Unicode (UTF-8); open it in Word and save it as .docx")
    case .oldOffice:
      Text(
        vi:
          "tệp Word, Excel kiểu cũ (.doc, .xls) hoặc có mật khẩu; hãy mở ra và lưu lại thành .docx, .xlsx không mật khẩu",
        en: "an old Word or Excel file (.doc, .xls) or one with a password; open it and save it as plain .docx or .xlsx"
      )
    case .image:
      Text(
        vi: "tệp là ảnh; hãy dùng tệp gốc .docx, hoặc chạy nhận dạng chữ (OCR) trước",
        en: "this is a picture; use the original .docx, or run text recognition (OCR) first")
    case .scan:
      Text(
        vi: "PDF chỉ có ảnh chụp, không có lớp chữ; hãy dùng tệp gốc .docx, hoặc chạy nhận dạng chữ (OCR) trước",
        en: "the PDF is a scan without a text layer; use the original .docx, or run text recognition (OCR) first")
    case .pdfToolMissing:
      Text(
        vi: "cần chương trình pdftotext để đọc PDF; hãy cài gói poppler-utils, hoặc dùng tệp .docx",
        en: "reading a PDF needs pdftotext; install poppler-utils, or use the .docx")
    case .pdfUnreadable:
      Text(
        vi: "không đọc được PDF: tệp hỏng, có mật khẩu hoặc quá phức tạp; hãy dùng tệp .docx",
        en: "the PDF cannot be read: damaged, locked or too complex; use the .docx")
    case .damaged:
      Text(
        vi: "tệp hỏng hoặc bị cắt; hãy sao chép lại, hoặc mở bằng Word và lưu lại",
        en: "the file is damaged or cut off; copy it again, or open it in Word and save it anew")
    case .encrypted:
      Text(vi: "tệp có mật khẩu; hãy bỏ mật khẩu rồi thử lại", en: "the file has a password; remove it and try again")
    case .inflatesTooMuch(let limit):
      Text(
        vi: "tệp nén giải ra lớn hơn \(limit / 1_048_576) MiB; không đọc vì có thể là tệp gây hại",
        en: "the packed file unpacks to more than \(limit / 1_048_576) MiB; not read, it may be harmful")
    case .declaresEntities:
      Text(
        vi: "tệp khai báo DTD hoặc thực thể XML, văn bản Word không cần; không đọc vì có thể gây hại",
        en: "the file declares a DTD or entities, which no Word document needs; not read, it may be harmful")
    case .tooDeep:
      Text(vi: "cấu trúc tệp lồng nhau quá sâu", en: "the file's parts are nested too deeply")
    case .tooManyCells(let limit):
      Text(
        vi: "bảng có hơn \(limit) ô; một kế hoạch không dài như vậy, hãy kiểm tra lại tệp",
        en: "a table has more than \(limit) cells; no plan is that long, check the file")
    case .otherPackage:
      Text(
        vi: "tệp nén không phải .docx hay .xlsx; hãy mở bằng Word hoặc Excel và lưu lại",
        en: "a packed file that is neither .docx nor .xlsx; open it in Word or Excel and save it anew")
    }
  }
}
