public import Schema

/// One thing about a reading that its user should know: what was missing, filled in, doubtful or left out.
public struct ReadingFinding: Hashable, Sendable {
  public let spot: Spot
  /// The words of the document that it is about.
  public let words: String
  /// The lines of all that it is about; `spot` is the first.
  public let lines: [Int]
  public let reason: Reason

  init(_ reason: Reason, _ words: String, at spot: Spot, lines: [Int] = []) {
    self.reason = reason
    self.words = String(words.prefix(160))
    self.spot = spot
    self.lines = lines.isEmpty ? [spot.line] : lines
  }

  /// How sure the reading is at this place.
  public var confidence: Confidence { reason.confidence }

  /// What it is and what to do, without the place.
  public var text: Text { reason.text }

  public enum Reason: Hashable, Sendable {
    case noNumber
    case noDate
    case noTitle
    case noIssuer
    case noYear
    case yearOfIssue(Int)
    case focalAssumed(String)
    /// `triệu đồng`
    case moneyUnitAssumed(String)
    case columnsLost
    case columnUnread(String)
    case groupNotKept
    case noLead
    case firstLeads(String)
    case officeGuessed(String)
    case noRowNumber(String)
    case numberTaken(String)
    case targetUnread
    case targetInPart
    case pledgeInTask
    case moneyUnread
    case timeUnread
    case noteUnread
    case tooLong(limit: Int)
    case twoDates(DocumentNumber)
    case basisUnread
    case objectivesInWords(Int)
    case measuresInWords(Int)
    case dutiesInWords(Int)
    case resultsInWords(Int)
    case signerNotKept
    case left(Int)
    case rowLeft
  }
}

extension ReadingFinding.Reason {
  public var confidence: Confidence {
    switch self {
    case .columnsLost, .firstLeads, .yearOfIssue, .officeGuessed, .focalAssumed, .moneyUnitAssumed, .targetUnread,
      .targetInPart,
      .timeUnread, .numberTaken:
      .fair
    case .moneyUnread, .basisUnread, .left, .rowLeft, .noYear, .columnUnread: .low
    default: .high
    }
  }

  public var text: Text {
    switch self {
    case .noNumber:
      Text(vi: "không thấy số văn bản; văn thư ghi khi phát hành", en: "no document number; văn thư gives it at issue")
    case .noDate:
      Text(vi: "không thấy ngày ban hành đầy đủ", en: "no complete date of issue")
    case .noTitle:
      Text(vi: "không thấy tên kế hoạch; hãy ghi vào title", en: "no title; write it into title")
    case .noIssuer:
      Text(vi: "không thấy cơ quan ban hành; hãy ghi vào issuer", en: "no issuing body; write it into issuer")
    case .noYear:
      Text(vi: "không rõ kế hoạch của năm nào; hãy ghi vào year", en: "the plan's year is not said; write it into year")
    case .yearOfIssue(let year):
      Text(
        vi: "tên kế hoạch không ghi năm; lấy năm ban hành \(year)",
        en: "the title names no year; the year of issue, \(year), was taken")
    case .focalAssumed(let office):
      Text(
        vi: "văn bản không nói rõ cơ quan đầu mối; lấy \(office)",
        en: "the focal office is not named; \(office) was taken")
    case .moneyUnitAssumed(let unit):
      Text(
        vi: "cột kinh phí không ghi đơn vị tính; hiểu là \(unit)",
        en: "the column of money names no unit; \(unit) was assumed")
    case .columnsLost:
      Text(
        vi: "bảng đã mất cột khi chuyển thành chữ; các ô được tách theo nội dung, hãy đối chiếu từng hàng",
        en: "the table lost its columns when it became text; its cells were parted by what they say, compare row by row"
      )
    case .columnUnread(let heading):
      Text(
        vi: "không hiểu cột “\(heading)”; nội dung cột không được đưa vào kế hoạch",
        en: "column “\(heading)” is not understood; what it holds is not in the plan")
    case .groupNotKept:
      Text(vi: "tên nhóm nhiệm vụ không lưu trong kế hoạch", en: "the name of a group of tasks is not kept in the plan")
    case .noLead:
      Text(vi: "hàng không có cơ quan chủ trì; hãy bổ sung lead", en: "the row has no lead; add one")
    case .firstLeads(let name):
      Text(
        vi: "ô ghi chung cơ quan chủ trì và phối hợp; lấy cơ quan đầu tiên, \(name), làm chủ trì",
        en: "the cell names who leads and who helps together; the first, \(name), was taken to lead")
    case .officeGuessed(let name):
      Text(vi: "tên cơ quan được hiểu là “\(name)”", en: "the office was taken for “\(name)”")
    case .noRowNumber(let number):
      Text(vi: "hàng không có số thứ tự; được đánh số \(number)", en: "the row has no number; it became \(number)")
    case .numberTaken(let number):
      Text(
        vi: "số thứ tự bị trùng; hàng được đánh số \(number)",
        en: "the row's number was used before; it became \(number)")
    case .targetUnread:
      Text(
        vi: "không hiểu mức phấn đấu; ghi là báo cáo, hãy sửa nếu có con số",
        en: "the target is not understood; taken as to be reported, correct it if there is a number")
    case .targetInPart:
      Text(
        vi: "mức phấn đấu còn lời khác bên con số; chỉ lấy con số",
        en: "words stand beside the target's number; only the number was taken")
    case .pledgeInTask:
      Text(
        vi: "nhiệm vụ có mức cam kết bằng số; giữ lại để kiểm tra, không gửi làm chỉ tiêu",
        en: "the task promises a number; kept for checks, not sent as a target")
    case .moneyUnread:
      Text(vi: "không hiểu số tiền; để trống, hãy ghi vào cost", en: "the amount is not understood; write it into cost")
    case .timeUnread:
      Text(
        vi: "không hiểu hết thời gian; giữ nguyên lời, hãy xem lại start, due",
        en: "the time is not wholly understood; its words are kept, look at start and due")
    case .noteUnread:
      Text(vi: "ghi chú không đưa vào kế hoạch", en: "the note is not part of the plan")
    case .tooLong(let limit):
      Text(vi: "dài quá \(limit) ký tự; đã cắt bớt", en: "longer than \(limit) characters; cut off there")
    case .twoDates(let number):
      Text(
        vi: "văn bản \(number) được dẫn với hai ngày khác nhau; lấy ngày đầu tiên",
        en: "\(number) is cited with two dates; the first was taken")
    case .basisUnread:
      Text(
        vi: "không hiểu căn cứ này; hãy ghi như: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        en: "this basis is not understood; write it as: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị")
    case .objectivesInWords(let count):
      Text(
        vi: "\(count) mục tiêu ở phần lời, chưa có cơ quan chủ trì; giữ lại để kiểm tra, không gửi làm chỉ tiêu",
        en: "\(count) objectives in the body, without a lead; kept for checks, not sent as targets")
    case .measuresInWords(let count):
      Text(
        vi: "\(count) nhiệm vụ, giải pháp ở phần lời, chưa có cơ quan và thời hạn; không tính là nhiệm vụ",
        en: "\(count) measures in the body, without office and time; not taken as tasks")
    case .dutiesInWords(let count):
      Text(
        vi: "\(count) nội dung phân công trách nhiệm; không lưu trong kế hoạch",
        en: "\(count) duties of offices; not kept in the plan")
    case .resultsInWords(let count):
      Text(
        vi: "\(count) đoạn đánh giá năm trước; chỉ giữ các con số",
        en: "\(count) passages about last year; only figures are read")
    case .signerNotKept:
      Text(vi: "tên người ký không lưu, chỉ giữ chức vụ", en: "the signer's name is not kept, only the office")
    case .left(let count):
      Text(vi: "\(count) đoạn không đưa vào kế hoạch", en: "\(count) passages are not part of the plan")
    case .rowLeft:
      Text(vi: "hàng không có tên; bỏ qua", en: "the row has no name; left out")
    }
  }
}
