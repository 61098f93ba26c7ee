import ArgumentParser
import Glibc
import PlanDocuments
import Schema
import Units

/// A plan's document as it was read, and the unit that it is about.
struct PlanPaper {
  let file: String
  let reading: PlanReading
  /// Nil where the document names no unit, or one of several of that name.
  let unit: Unit?

  /// Whether a file is of the form that XaSo itself writes.
  static func isForm(_ path: String) -> Bool {
    [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
  }

  static func read(_ path: String, unit: String?) throws -> PlanPaper {
    guard let bytes = Self.bytes(of: path) else {
      throw Complaint(vi: "Không đọc được tệp \(path).", en: "The file \(path) cannot be read.", code: ExitCode(66))
    }
    let reading: PlanReading
    do throws(UnreadableDocument) {
      reading = try PlanReading.read(bytes)
    } catch {
      throw Complaint(vi: "\(path): \(error.text.vi).", en: "\(path): \(error.text.en).", code: ExitCode(65))
    }
    return PlanPaper(file: path, reading: reading, unit: try Self.unit(unit, of: reading))
  }

  /// What the file holds, one byte beyond the largest that is read at most: of `/dev/zero` no more is taken.
  private static func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 256 * 1024)
    while bytes.count <= PlanReading.largestFile {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += piece[..<count]
    }
    return bytes
  }

  /// The unit that was named, else the one that the document names.
  private static func unit(_ named: String?, of reading: PlanReading) throws -> Unit? {
    if let named {
      do throws(UnitNotFound) {
        return try Units.find(named).unit
      } catch {
        throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(64))
      }
    }
    guard let commune = reading.commune else { return nil }
    if let province = reading.province, let found = try? Units.find("\(commune), \(province)") { return found.unit }
    return try? Units.find(commune).unit
  }

  /// Findings as lines, by the document's own order.
  func findings(_ lang: Language) -> [String] {
    var lines = reading.findings.map { finding in
      "\(finding.spot.text(lang)): \(finding.text(lang))" + (finding.words.isEmpty ? "" : " – “\(finding.words)”")
    }
    if unit == nil {
      lines.insert(
        Text(
          vi: "không rõ kế hoạch của đơn vị nào; hãy ghi vào unit hoặc thêm --unit",
          en: "the plan's unit is not clear; write it into unit or add --unit")(lang), at: 0)
    }
    return lines.map(\.withoutControls)
  }

  /// The plan as it was understood, gaps and all, to be checked.
  var plan: PlanDocument {
    get throws {
      guard let plan = reading.document(of: unit ?? "00") else {
        throw Complaint(
          vi: "\(file): không rõ kế hoạch của năm nào; hãy chạy “xaso plan read” để xem đã hiểu gì.",
          en: "\(file): the plan's year is not clear; run “xaso plan read” to see what was understood.",
          code: ExitCode(65))
      }
      return plan
    }
  }

  /// Says that a check is only as good as the reading.
  func warn(_ lang: Language) {
    let doubtful = reading.findings.count { $0.confidence != .high }
    guard doubtful > 0 else { return }
    Failure.complain(
      Text(
        vi: "\(file): đọc từ văn bản, \(doubtful) chỗ chưa chắc; “xaso plan read” cho biết chỗ nào.",
        en: "\(file): read from a document, unsure in \(doubtful) places; “xaso plan read” tells which.")(lang))
  }

  /// The plan as it may be sent. What a plan must have and the document lacks is told, as for a file of our own form.
  func document(home: Unit?) throws -> PlanDocument {
    guard let unit = unit ?? home, let yaml = reading.yaml(of: unit) else {
      throw Complaint(
        vi: "\(file): không đủ để thành kế hoạch; hãy chạy “xaso plan read”, bổ sung rồi nhập tệp YAML.",
        en: "\(file): not enough for a plan; run “xaso plan read”, complete it and import the YAML file.",
        code: ExitCode(65))
    }
    do throws(PlanProblems) {
      return try PlanDocument.read(yaml: yaml)
    } catch {
      let places = error.problems.prefix(20)
      func told(_ lang: Language) -> String { places.map { "  \($0.place): \($0.text(lang))" }.joined(separator: "\n") }
      throw Complaint(
        vi: "\(file): còn thiếu; hãy chạy “xaso plan read”, bổ sung rồi nhập tệp YAML:\n" + told(.vietnamese),
        en: "\(file): incomplete; run “xaso plan read”, complete it and import the YAML file:\n" + told(.english),
        code: ExitCode(65))
    }
  }
}

/// A reading as JSON shows it.
struct ReadingInFull: Encodable {
  struct Row<Value: Encodable & Hashable & Sendable>: Encodable {
    let place: Spot
    let confidence: Confidence
    let value: Value

    init(_ found: Found<Value>) {
      (place, confidence, value) = (found.spot, found.confidence, found.value)
    }
  }

  struct Finding: Encodable {
    let place: Spot
    /// The lines of all that it is about.
    let lines: [Int]
    let words: String
    let confidence: Confidence
    let text: Text
  }

  let unit: Unit?
  let number: DocumentNumber?
  let issuedOn: Day?
  let head: PlanHead?
  let tasks: [Row<TaskRow>]
  let targets: [Row<TargetRow>]
  let objectives: [Row<TargetRow>]
  let results: [Row<YearResult>]
  let measures: [Row<String>]
  let duties: [Row<OfficeDuties>]
  let budgets: [Row<BudgetTable>]
  let titles: [Row<String>]
  let findings: [Finding]

  init(_ paper: PlanPaper) {
    let reading = paper.reading
    unit = paper.unit
    number = reading.number?.value
    issuedOn = reading.issuedOn?.value
    head = paper.unit.flatMap { reading.document(of: $0)?.head }
    tasks = reading.tasks.map(Row.init)
    targets = reading.targets.map(Row.init)
    objectives = reading.objectives.map(Row.init)
    results = reading.results.map(Row.init)
    measures = reading.measures.map(Row.init)
    duties = reading.duties.map(Row.init)
    budgets = reading.budgets.map(Row.init)
    titles = reading.titles.map(Row.init)
    findings = reading.findings.map {
      Finding(place: $0.spot, lines: $0.lines, words: $0.words, confidence: $0.confidence, text: $0.text)
    }
  }
}
