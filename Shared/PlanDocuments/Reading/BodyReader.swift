import Schema

/// Reads what stands in words: legal bases, objectives, measures, last year's figures, duties, reports.
struct BodyReader {
  let passages: [Passage]
  let log: ReadingLog

  // MARK: Legal bases

  func bases(into reading: inout PlanReading) {
    var listed = ListedBases(log: log)
    for passage in passages {
      let cited = Citation.all(in: passage.words)
      cite(cited + Citation.unnumbered(in: passage.words), passage, into: &reading)
      if case .table(let table, _) = passage.content {
        for cell in table.rows.flatMap(\.cells) where cell.origin == .own {
          cite(Citation.all(in: cell.text) + Citation.unnumbered(in: cell.text), passage, into: &reading)
        }
      }
      let text = passage.words
      let isTitle = reading.title.map { $0.value.hasSuffix(text) && text.count > 40 } ?? false
      guard
        passage.section.role == .bases && passage.text != nil
          || passage.section.role == .opening && (isTitle || opens(text))
      else { continue }
      if cited.isEmpty {
        guard passage.section.role == .bases else { continue }
        log.take(passage)
        listed.addUnnumbered(passage)
      } else {
        log.take(passage)
        for citation in cited { listed.add(citation, passage) }
      }
    }
    reading.bases = listed.marked()
  }

  private func cite(_ citations: [Citation], _ passage: Passage, into reading: inout PlanReading) {
    for citation in citations {
      let spot = passage.spot()
      let cited = CitedDocument(basis: citation.basis, title: citation.title, place: spot.place)
      reading.citations.append(Found(cited, at: spot))
    }
  }

  /// `Căn cứ …`, `Thực hiện …` before the first heading.
  private func opens(_ text: String) -> Bool {
    let folded = text.folded
    return folded.hasPrefix("can cu") || folded.hasPrefix("thuc hien") || folded.hasPrefix("tren co so")
      || Citation.kind(beginning: text.trimming("-–+ ")) != nil
  }

  // MARK: Objectives, measures, results

  func objectives(into reading: inout PlanReading) {
    counted(.objectives, { .objectivesInWords($0) }) { passage, text in
      guard !isGeneral(passage.section), !saysNothing(text) else { return 0 }
      let due = passage.section.year.flatMap { Day($0, 12, 31) }
      let pledges = Pledge.all(in: text)
      for (part, pledge) in pledges.enumerated() {
        let letter = pledges.count > 1 ? String(UnicodeScalar(UInt8(97 + min(part, 25)))) : ""
        let row = TargetRow(
          number: "\(passage.ordinal)\(letter)", group: passage.section.group, indicator: pledge.name,
          unit: pledge.unit,
          comparator: Open(pledge.comparator), value: pledge.value, upper: pledge.upper, due: due, leads: [])
        reading.objectives.append(Found(row, at: passage.spot(item: "\(passage.ordinal)\(letter)")))
      }
      return pledges.count
    }
  }

  private func isPageNumber(_ text: String) -> Bool { !text.contains(where: \.isLetter) }

  /// `(Chi tiết tại Phụ lục II)` only says where they stand, `Trên đây là Kế hoạch …` that the plan ends.
  private func saysNothing(_ text: String) -> Bool {
    let folded = text.folded
    if folded.hasPrefix("tren day la") { return true }
    return folded.count < 200 && ["phu luc", "bieu", "bang"].contains { folded.contains($0) }
      && ["chi tiet", "co phu luc", "phu luc"].contains { folded.hasPrefix($0) }
  }

  private func isGeneral(_ section: Section) -> Bool {
    section.title.folded.hasPrefix("muc tieu chung") || section.title.folded.hasPrefix("muc tieu tong quat")
  }

  func measures(into reading: inout PlanReading) {
    counted(.measures, { .measuresInWords($0) }) { passage, text in
      guard !saysNothing(text) else { return 0 }
      reading.measures.append(Found(text.trimming("-–+•; "), at: passage.spot(item: "\(passage.ordinal)")))
      return 1
    }
  }

  func results(into reading: inout PlanReading) {
    counted(.results, { .resultsInWords($0) }) { passage, text in
      for sentence in text.split(separator: ". ").flatMap({ $0.split(separator: ";") }) {
        for pledge in Pledge.all(in: String(sentence)) {
          guard let value = pledge.value, pledge.upper == nil else { continue }
          let spot = passage.spot(item: "\(passage.ordinal)")
          let year = passage.section.year ?? (reading.year ?? 0) - 1
          let result = YearResult(
            indicator: pledge.name, value: value, unit: pledge.unit, year: year, place: spot.place)
          reading.results.append(Found(result, at: spot))
        }
      }
      return 1
    }
  }

  /// Reads the passages of one kind of section and tells, for each section, how many there were.
  private func counted(
    _ role: Section.Role, _ reason: (Int) -> ReadingFinding.Reason, _ read: (Passage, String) -> Int
  ) {
    var counts: [(passage: Passage, count: Int, lines: [Int])] = []
    for passage in passages where passage.section.role == role {
      guard let text = passage.text, !isPageNumber(text) else { continue }
      let count = read(passage, text)
      guard count > 0 else { continue }
      log.take(passage)
      if counts.last?.passage.section.label == passage.section.label {
        counts[counts.count - 1].count += count
        counts[counts.count - 1].lines.append(passage.line)
      } else {
        counts.append((passage, count, [passage.line]))
      }
    }
    for (passage, count, lines) in counts { log.add(reason(count), passage.words, at: passage.spot(), lines: lines) }
  }

  // MARK: Duties and reports

  func duties(into reading: inout PlanReading) {
    var open: (office: String, passage: Passage, duties: [String])?
    func close() {
      guard let duties = open, !duties.duties.isEmpty || duties.passage.heading == nil else { return }
      reading.duties.append(
        Found(OfficeDuties(office: duties.office, duties: duties.duties), at: duties.passage.spot()))
      let words = duties.office.isEmpty ? duties.duties[0] : duties.office
      log.add(.dutiesInWords(duties.duties.count), words, at: duties.passage.spot())
    }
    for passage in passages where passage.section.role == .duties {
      if let heading = passage.heading {
        close()
        open = nil
        // `TỔ CHỨC THỰC HIỆN` itself is nobody: the items below it name their offices.
        guard passage.section.isInner else { continue }
        let office = Self.office(heading)
        // `2. Phòng Kinh tế: bố trí kinh phí.` says the duty beside the office.
        let duty = heading.dropFirst(office.count).trimming(":,; ")
        open = (office, passage, heading.hasPrefix(office) && !duty.isEmpty ? [duty] : [])
        report(duty, passage, into: &reading)
      } else if let text = passage.text, !isPageNumber(text) {
        let plain = text.trimming("-–+•; ")
        if plain.folded.hasPrefix("tren day la") { continue }
        log.take(passage)
        if text.hasPrefix("+"), open != nil {
          open?.duties.append(plain)
        } else if plain.hasPrefix("Giao ") {
          close()
          open = (Self.office(String(plain.dropFirst(5))), passage, plain.hasSuffix(":") ? [] : [plain])
        } else if open?.passage.heading == nil, OfficeList.beginsName(plain.split(separator: " ")[...]) {
          close()
          let office = Self.office(plain)
          open = (office, passage, [plain.dropFirst(office.count).trimming(":,; ")])
        } else {
          if open == nil { open = ("", passage, []) }
          open?.duties.append(plain)
        }
        report(plain, passage, into: &reading)
      }
    }
    close()
  }

  /// The office that a sentence begins with, up to its verb.
  private static func office(_ text: String) -> String {
    let words = text.trimming(": ").split(separator: " ")
    let verbs: Set<String> = ["chu", "tham", "phoi", "thuc", "tang", "trien", "chiu", "theo", "xay", "to"]
    let end = words.indices.dropFirst().first { index in
      words[index].first?.isLowercase == true && words[index] != "tổ" && words[index] != "tầng"
        && (verbs.contains(words[index].folded) || ["là", "báo", "bố", "hướng", "tổng"].contains(words[index]))
    }
    let start = words[..<(end ?? words.endIndex)].joined(separator: " ")
    var name = start.prefix { $0 != ":" }.trimming(",; ")
    if name.hasPrefix("Đề nghị ") { name = String(name.dropFirst(8)) }
    return name
  }

  /// `định kỳ hàng quý báo cáo … về UBND xã (qua …) trước ngày 12`
  private func report(_ text: String, _ passage: Passage, into reading: inout PlanReading) {
    let folded = text.folded
    guard folded.contains("bao cao"),
      folded.contains("dinh ky") || folded.contains("hang ") || folded.contains("truoc ngay")
    else { return }
    let known = [
      ("hang thang", "hằng tháng"), ("hang quy", "hằng quý"), ("06 thang", "6 tháng"), ("6 thang", "6 tháng"),
      ("01 nam", "hằng năm"), ("hang nam", "hằng năm"), ("dot xuat", "đột xuất"),
    ]
    var frequencies: [String] = []
    for (word, frequency) in known where folded.contains(word) && !frequencies.contains(frequency) {
      frequencies.append(frequency)
    }
    if frequencies.isEmpty { frequencies = ["định kỳ"] }
    var due: String?
    if let start = text.firstRange(of: "trước ngày") {
      due = text[start.lowerBound...].split(separator: " ").prefix { !$0.hasSuffix(",") && $0 != "để" }.prefix(7)
        .joined(separator: " ")
    }
    let own =
      reading.commune.map { $0.hasPrefix("phường") ? "phường" : $0.hasPrefix("đặc khu") ? "đặc khu" : "xã" } ?? "xã"
    let above = ["UBND tỉnh", "UBND thành phố"].first { folded.contains($0.folded) }
    let to = above.flatMap { folded.contains("ubnd " + own.folded) ? nil : $0 } ?? "UBND \(own)"
    for frequency in frequencies {
      let duty = ReportingDuty(what: "Kết quả thực hiện kế hoạch", frequency: frequency, due: due, to: to)
      reading.reporting.append(Found(duty, at: passage.spot()))
    }
  }
}

/// The bases of a plan, each once, however often it is cited.
private struct ListedBases {
  let log: ReadingLog
  private var bases: [Found<LegalBasis>] = []
  private var byNumber: [String: Int] = [:]
  /// The positions of those whose subject is a plan.
  private var promulgated: Set<Int> = []

  init(log: ReadingLog) { self.log = log }

  mutating func add(_ citation: Citation, _ passage: Passage) {
    guard let number = citation.basis.number else { return }
    guard let index = byNumber[number.description.folded] else {
      byNumber[number.description.folded] = bases.count
      if citation.title?.folded.contains("ke hoach") == true { promulgated.insert(bases.count) }
      bases.append(Found(citation.basis, at: passage.spot()))
      return
    }
    if let date = citation.basis.date {
      if let first = bases[index].value.date, first != date {
        log.add(.twoDates(number), citation.words, at: passage.spot())
      }
      bases[index].value.date = bases[index].value.date ?? date
    }
    bases[index].value.issuer = bases[index].value.issuer ?? citation.basis.issuer
  }

  mutating func addUnnumbered(_ passage: Passage) {
    let text = passage.words.trimming("-–+•;. ")
    let head = String(text.prefix { !",;".contains($0) }).squeezed
    guard Citation.kind(beginning: text) != nil, let basis = try? LegalBasis(written: head, parent: false) else {
      log.add(.basisUnread, text, at: passage.spot())
      return
    }
    bases.append(Found(basis, at: passage.spot()))
  }

  /// The province's plan that this one carries out, or the decision that promulgates it: the first, the office's own level left out.
  func marked() -> [Found<LegalBasis>] {
    var bases = bases
    let above = bases.indices.filter { index in
      let issuer = bases[index].value.issuer?.folded ?? ""
      return (issuer.contains("tinh") || issuer.contains("thanh pho"))
        && ["ubnd", "chu tich ubnd", "ban chi dao", "thanh pho"].contains { issuer.hasPrefix($0) }
    }
    let parent =
      above.first { bases[$0].value.kind.folded == "ke hoach" }
      ?? above.first { bases[$0].value.kind.folded == "quyet dinh" && promulgated.contains($0) }
    if let parent { bases[parent].value.parent = true }
    return bases
  }
}
