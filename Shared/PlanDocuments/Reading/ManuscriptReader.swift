import Schema

/// Understands a manuscript as a plan. Whatever it makes nothing of ends as a finding.
struct ManuscriptReader {
  static func read(_ manuscript: Manuscript) -> PlanReading {
    ManuscriptReader(outline: Outline(of: manuscript)).read()
  }

  private let outline: Outline
  private let log = ReadingLog()

  private init(outline: Outline) { self.outline = outline }

  private var passages: [Passage] { outline.passages }

  private func read() -> PlanReading {
    var reading = PlanReading()
    reading.layout.outline = outline.numbers
    reading.titles = passages.compactMap { passage in passage.heading.map { Found($0, at: passage.spot()) } }
    Letterhead(passages: passages, log: log).read(into: &reading)
    recipients(into: &reading)
    for passage in passages {
      for caption in bodyCaption(of: passage) {
        log.take(caption)
        reading.titles.append(Found(caption.words, at: caption.spot()))
      }
    }
    let body = BodyReader(
      passages: passages.filter { !log.taken.contains($0.index) || $0.section.role == .opening }, log: log)
    body.bases(into: &reading)
    body.objectives(into: &reading)
    body.measures(into: &reading)
    body.results(into: &reading)
    body.duties(into: &reading)
    tables(into: &reading)
    focal(into: &reading)
    unread()
    reading.findings = log.findings.sorted { $0.spot.line < $1.spot.line }
    return reading
  }

  // MARK: Tables

  private func tables(into reading: inout PlanReading) {
    var offices: [OfficeName] = []
    var measures: [Measure?] = []
    for passage in passages {
      guard case .table(let table, let header) = passage.content else { continue }
      log.take(passage)
      if let lines = table.inferredFrom {
        log.add(.columnsLost, header.headings.joined(separator: " "), at: passage.spot(), lines: Array(lines))
      }
      var reader = TableReader(
        header, section: passage.section, caption: caption(of: passage, into: &reading), year: reading.year, log: log)
      reader.read(table)
      if reader.assumesMoneyUnit, !reading.assumed.contains("money unit") { reading.assumed.append("money unit") }
      measures += reader.measures
      reading.objectives += reader.objectives
      reading.results += reader.results
      reading.titles += reader.titles
      reading.targets += reader.targets
      reading.tasks += reader.tasks
      offices += reader.offices
      if let budget = reader.budget { reading.budgets.append(Found(budget, at: passage.spot())) }
    }
    number(&reading.tasks, \.number)
    number(&reading.targets, \.number)
    for (target, measure) in zip(reading.targets, measures) where measure != Measure() {
      reading.counting[target.value.number] = measure
    }
    var codes: Set<Office.Code> = []
    reading.offices = offices.filter { codes.insert($0.code).inserted }.map { Office(code: $0.code, name: $0.shown) }
  }

  /// What stands above a table in its appendix, without the line that says which plan it belongs to.
  private func caption(of table: Passage, into reading: inout PlanReading) -> String {
    guard table.section.role == .appendix else {
      let heading = [table.section.title].filter { Self.namesMoney($0.folded) }
      return (heading + bodyCaption(of: table).map(\.words)).joined(separator: " ")
    }
    var texts: [String] = []
    for passage in passages[..<table.index].reversed() {
      guard passage.section.label == table.section.label, texts.count < 8 else { break }
      if case .table = passage.content { break }
      log.take(passage)
      if passage.heading == nil { reading.titles.append(Found(passage.words, at: passage.spot())) }
      if passage.words.folded.contains("kem theo ke hoach") {
        let words = passage.words
        let start =
          (words.firstRange(of: "kèm theo") ?? words.firstRange(of: "Kèm theo"))?.lowerBound ?? words.startIndex
        reading.layout.lines.append(words[start...].trimming("() *"))
      } else {
        texts.append(passage.words)
      }
    }
    return texts.reversed().joined(separator: " ")
  }

  /// The lines above a table of the body that name it or its unit of money: `Bảng 2. …`, `(ĐVT: nghìn đồng)`.
  private func bodyCaption(of table: Passage) -> [Passage] {
    guard case .table = table.content, table.section.role != .appendix else { return [] }
    let lines = passages[..<table.index].suffix(3).reversed().prefix { passage in
      guard let text = passage.text, text.count <= 160, passage.section == table.section else { return false }
      let folded = text.folded
      let words = folded.split(separator: " ", maxSplits: 6)
      return ["bang", "bieu"].contains(words.first) && words.dropFirst().first?.first?.isDigit == true
        || Self.namesMoney(folded) || words.starts(with: ["don", "vi"]) && words.count < 6
    }
    return lines.reversed()
  }

  private static func namesMoney(_ folded: String) -> Bool { folded.contains("don vi tinh") || folded.contains("dvt") }

  /// Rows of several appendices under the same numbers get the appendix's before them, as `II.1`.
  private func number<Row>(_ rows: inout [Found<Row>], _ number: WritableKeyPath<Row, String>) {
    var counts: [String: Int] = [:]
    for row in rows { counts[row.value[keyPath: number], default: 0] += 1 }
    let isShared = counts.contains { $0.value > 1 } && Set(rows.map(\.spot.section)).count > 1
    var used: Set<String> = []
    for index in rows.indices {
      let old = rows[index].value[keyPath: number]
      var new = old
      if new.isEmpty {
        new = "\(index + 1)"
        log.add(.noRowNumber(new), "", at: rows[index].spot)
      }
      if isShared, let label = rows[index].spot.section.split(separator: " ").last,
        rows[index].spot.section.contains(" ")
      {
        new = "\(label).\(new)"
      }
      if used.contains(new) {
        var copy = 2
        while used.contains("\(new)-\(copy)") { copy += 1 }
        new = "\(new)-\(copy)"
        log.add(.numberTaken(new), old, at: rows[index].spot)
      }
      used.insert(new)
      rows[index].value[keyPath: number] = new
    }
  }

  /// The office that is told to compile and chase, else the one that leads most.
  private func focal(into reading: inout PlanReading) {
    let named = reading.duties.first { $0.value.duties.contains { $0.folded.isOfFocalOffice } }.map(\.value.office)
    if let named, let office = OfficeList.read(named).first {
      reading.focal = office.code
      if !reading.offices.contains(where: { $0.code == office.code }) {
        reading.offices.append(Office(code: office.code, name: office.shown))
      }
      return
    }
    let leads = reading.tasks.flatMap(\.value.leads) + reading.targets.flatMap(\.value.leads)
    var counts: [Office.Code: Int] = [:]
    for lead in leads { counts[lead, default: 0] += 1 }
    let custom = Self.focalByCustom
    let focal =
      reading.offices.contains { $0.code == custom.code } || leads.isEmpty
      ? custom.code : counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? custom.code
    if !reading.offices.contains(where: { $0.code == focal }) { reading.offices.append(custom) }
    reading.focal = focal
    let name = reading.offices.first { $0.code == focal }?.name ?? focal.description
    log.add(.focalAssumed(name), "", at: Spot(section: "", line: passages.first?.line ?? 1))
  }

  /// Who leads digital transformation in every commune that we know.
  private static let focalByCustom = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")

  // MARK: Recipients and signature

  private func recipients(into reading: inout PlanReading) {
    guard let start = passages.firstIndex(where: { $0.words.folded.hasPrefix("noi nhan") }) else { return }
    log.take(passages[start])
    var index = start + 1
    while index < passages.count, let text = passages[index].text, text.first.map({ "-–+".contains($0) }) == true {
      log.take(passages[index])
      let plain = text.trimming("-–+ ").trimming(";. ").replacing("; (", with: " (").replacing(";(", with: " (")
      if !plain.isEmpty {
        reading.recipients.append(Found(Recipient(written: plain.squeezed), at: passages[index].spot()))
      }
      index += 1
    }
    signature(from: index, into: &reading)
  }

  /// `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, the signer's office and name.
  private func signature(from start: Int, into reading: inout PlanReading) {
    for passage in passages[start...].prefix(8) {
      guard let text = passage.text, passage.section.role != .appendix else { return }
      log.take(passage)
      let folded = text.folded
      let isName = text.contains(where: \.isLowercase)
      if isName {
        log.add(.signerNotKept, "", at: passage.spot())
        return
      }
      reading.layout.signature.append(text)
      if folded.contains("pho chu tich") {
        reading.signer = "Phó Chủ tịch"
      } else if folded.contains("truong ban"), reading.signer == nil {
        reading.signer = folded.contains("pho truong ban") ? "Phó Trưởng Ban" : "Trưởng Ban"
      } else if folded.contains("chu tich"), reading.signer == nil, !folded.contains("kt") {
        reading.signer = "Chủ tịch"
      }
    }
  }

  // MARK: What is left

  /// One finding for the passages of each section that nothing was made of.
  private func unread() {
    var left: [(passage: Passage, lines: [Int])] = []
    for passage in passages where passage.heading == nil && !log.taken.contains(passage.index) {
      if left.last?.passage.section.label == passage.section.label {
        left[left.count - 1].lines.append(passage.line)
      } else {
        left.append((passage, [passage.line]))
      }
    }
    for (passage, lines) in left { log.add(.left(lines.count), passage.words, at: passage.spot(), lines: lines) }
  }
}

extension String {
  /// Says that an office is the one that compiles and chases.
  fileprivate var isOfFocalOffice: Bool {
    ["dau moi", "co quan thuong truc", "don vi thuong truc"].contains { contains($0) }
  }
}
