public import Schema

extension PlanProblem {
  /// The closed set of what can be wrong with the form of a plan. Whether its content makes sense is asked later.
  public enum Reason: Error, Hashable {
    // The file
    case tooLarge(limit: Int)
    case notYAML
    case empty
    case severalDocuments
    case alias(String)
    case tooDeep
    case duplicateField(String)
    // A field
    case unknownField(String, nearest: String?)
    case missing(String)
    case notText
    case notAList
    case notAMapping
    case tooLong(limit: Int)
    case unprintable(code: String)
    // A value
    case notAUnit(String)
    case notAYear(String)
    case notANumber(String)
    case notADay(String)
    case noSuchDay(String)
    case notACode(String)
    case unknownOffice(String, known: [String])
    case notMoney(String)
    case notATarget(String)
    case targetWithoutNumber(String)
    case notACount(String)
    case unknownWord(String, known: [String])
    case notACitation(String)
    // The whole
    case duplicateRow(String, firstLine: Int)
    case headTooLarge(limit: Int)
  }
}

extension PlanProblem.Reason {
  public var text: Text {
    switch self {
    case .tooLarge(let limit):
      Text(
        vi: "tệp lớn hơn \(limit / 1024) KiB; một kế hoạch không dài như vậy, hãy kiểm tra lại tệp",
        en: "the file is larger than \(limit / 1024) KiB; no plan is that long, check the file")
    case .notYAML:
      Text(
        vi: "không đọc được YAML tại đây; hãy kiểm tra thụt lề, dấu ngoặc, dấu nháy và dấu hai chấm",
        en: "this is not YAML; check indentation, brackets, quotes and colons")
    case .empty:
      Text(vi: "tệp trống; hãy bắt đầu bằng unit, year, title", en: "the file is empty; begin with unit, year, title")
    case .severalDocuments:
      Text(
        vi: "mỗi tệp chỉ chứa một kế hoạch; hãy bỏ dòng “---” và tách phần sau ra tệp khác",
        en: "a file holds one plan; remove the line “---” and move the rest to another file")
    case .alias(let name):
      Text(
        vi: "không dùng neo và tham chiếu YAML (&\(name), *\(name)); hãy viết đầy đủ hoặc đặt trong dấu nháy",
        en: "YAML anchors and aliases (&\(name), *\(name)) are not used; write it out")
    case .tooDeep:
      Text(
        vi: "quá nhiều ngoặc hoặc dấu hỏi lồng nhau; hãy kiểm tra xem có thiếu ngoặc đóng không",
        en: "too many brackets or question marks within one another; check whether one was left open")
    case .duplicateField(let name):
      Text(
        vi: "trường “\(name)” xuất hiện nhiều lần trong cùng một mục; hãy giữ lại một",
        en: "field “\(name)” appears more than once in one entry; keep one")
    case .unknownField(let name, let nearest):
      Text(
        vi: "không có trường “\(name)”" + (nearest.map { "; có phải là “\($0)”?" } ?? "; hãy bỏ đi hoặc xem mẫu"),
        en: "there is no field “\(name)”" + (nearest.map { "; did you mean “\($0)”?" } ?? "; remove it or see the form")
      )
    case .missing(let name):
      Text(vi: "thiếu “\(name)”; hãy bổ sung", en: "“\(name)” is missing; add it")
    case .notText:
      Text(vi: "ở đây cần một giá trị trên một dòng", en: "a single value is wanted here")
    case .notAList:
      Text(vi: "ở đây cần một danh sách, mỗi mục bắt đầu bằng “- ”", en: "a list is wanted here, each entry after “- ”")
    case .notAMapping:
      Text(vi: "ở đây cần các dòng “tên: giá trị”", en: "lines of “name: value” are wanted here")
    case .tooLong(let limit):
      Text(vi: "dài quá \(limit) ký tự; hãy rút gọn", en: "longer than \(limit) characters; shorten it")
    case .unprintable(let code):
      Text(
        vi: "có ký tự không in được (\(code)), thường do sao chép; hãy xóa và gõ lại",
        en: "an unprintable character (\(code)), often left by copying; delete it and type again")
    case .notAUnit(let value):
      Text(
        vi: "“\(value)” không phải mã đơn vị; hãy viết mã tỉnh và mã xã, ví dụ 38/15043",
        en: "“\(value)” is not a unit; write province and commune code, such as 38/15043")
    case .notAYear(let value):
      Text(vi: "“\(value)” không phải năm; ví dụ 2026", en: "“\(value)” is not a year; for example 2026")
    case .notANumber(let value):
      Text(
        vi: "“\(value)” không phải số, ký hiệu văn bản; ví dụ 119/KH-UBND",
        en: "“\(value)” is not a document number; for example 119/KH-UBND")
    case .notADay(let value):
      Text(
        vi: "“\(value)” không phải ngày; hãy viết 31/12/2026 hoặc 2026-12-31",
        en: "“\(value)” is not a day; write 31/12/2026 or 2026-12-31")
    case .noSuchDay(let value):
      Text(
        vi: "không có ngày “\(value)” trong lịch; hãy kiểm tra ngày và tháng",
        en: "there is no day “\(value)” in the calendar; check day and month")
    case .notACode(let value):
      Text(
        vi: "“\(value)” không phải mã cơ quan; dùng chữ thường không dấu, số và gạch nối, ví dụ vh-xh",
        en: "“\(value)” is not an office code; use plain lower-case letters, digits and hyphens, such as vh-xh")
    case .unknownOffice(let code, let known):
      Text(
        vi: "cơ quan “\(code)” chưa có trong offices (\(list(known))); hãy sửa mã hoặc khai báo thêm",
        en: "office “\(code)” is not among the offices (\(list(known))); correct it or add it there")
    case .notMoney(let value):
      Text(
        vi: "“\(value)” không phải số tiền; hãy viết 40 triệu, 1,5 tỷ hoặc 40.000.000",
        en: "“\(value)” is not an amount; write 40 triệu, 1,5 tỷ or 40.000.000")
    case .notATarget(let value):
      Text(
        vi: "không hiểu mức phấn đấu “\(value)”; hãy viết ≥ 90 %, = 100 %, trên 30 %, 99,9 %, 80–90 % hoặc báo cáo",
        en: "target “\(value)” is not understood; write ≥ 90 %, = 100 %, trên 30 %, 99,9 %, 80–90 % or báo cáo")
    case .targetWithoutNumber(let value):
      Text(
        vi: "mức phấn đấu “\(value)” không có con số; hãy thêm số, hoặc viết báo cáo nếu chỉ cần báo cáo",
        en: "target “\(value)” has no number; add it, or write báo cáo where none is promised")
    case .notACount(let value):
      Text(
        vi: "“\(value)” không phải số lượng; hãy viết số nguyên, ví dụ 4.200",
        en: "“\(value)” is not a count; write a whole number, such as 4.200")
    case .unknownWord(let value, let known):
      Text(
        vi: "“\(value)” không nằm trong các giá trị cho phép: \(list(known))",
        en: "“\(value)” is none of the values allowed: \(list(known))")
    case .notACitation(let value):
      Text(
        vi: "không hiểu căn cứ “\(value)”; hãy viết như: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        en: "basis “\(value)” is not understood; write: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị")
    case .duplicateRow(let number, let line):
      Text(
        vi: "số thứ tự “\(number)” đã dùng ở dòng \(line); hãy đánh số lại",
        en: "row number “\(number)” was used on line \(line); number it anew")
    case .headTooLarge(let limit):
      Text(
        vi: "phần đầu kế hoạch lớn hơn \(limit / 1024) KiB; hãy bớt căn cứ, nơi nhận hoặc cơ quan",
        en: "the plan's head is larger than \(limit / 1024) KiB; list fewer bases, recipients or offices")
    }
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "–" : words.prefix(20).joined(separator: ", ") + (words.count > 20 ? " …" : "")
  }
}
