import Schema

/// Number, date, title, issuer and place: the parts of a document's head, wherever a converter left them.
///
/// Source: Article 8 of Decree 30/2020/NĐ-CP and its appendix I.
struct Letterhead {
  let passages: [Passage]
  let log: ReadingLog

  func read(into reading: inout PlanReading) {
    let place = PlaceNames(passages.map(\.words))
    reading.commune = place.commune
    reading.province = place.province
    let body = title(into: &reading) ?? passages.firstIndex { $0.section.role != .opening } ?? passages.count
    number(before: body, into: &reading)
    date(before: body, into: &reading)
    motto(before: body, into: &reading)
    year(into: &reading)
    issuer(into: &reading)
  }

  private var start: Spot { Spot(section: "", line: passages.first?.line ?? 1) }

  /// The title, and the passage after it.
  private func title(into reading: inout PlanReading) -> Int? {
    for (index, passage) in passages.prefix(40).enumerated() {
      let words = passage.words
      guard words.folded == "ke hoach" || words.hasPrefix("KẾ HOẠCH ") else { continue }
      log.take(passage)
      var title = words.folded == "ke hoach" ? "" : String(words.dropFirst(9))
      var next = index + 1
      while next < passages.count, next - index < 5, let text = passages[next].text,
        title.isEmpty || continues(title, text)
      {
        title += (title.isEmpty ? "" : " ") + text
        log.take(passages[next])
        next += 1
      }
      reading.title = Found(title.isEmpty ? "Kế hoạch" : "Kế hoạch " + title, at: passage.spot())
      return next
    }
    // Without a heading, the plan says its name where it is promulgated.
    for passage in passages.prefix(40) {
      guard let found = passage.words.firstRange(of: "ban hành Kế hoạch") else { continue }
      let rest = passage.words[found.upperBound...]
      let end =
        rest.firstRange(of: " như sau")?.lowerBound ?? rest.firstRange(of: " cụ thể")?.lowerBound ?? rest.endIndex
      let title = "Kế hoạch " + rest[..<end].trimming(" :,.")
      reading.title = Found(title, at: passage.spot(), confidence: .fair)
      return passage.index
    }
    log.add(.noTitle, "", at: start)
    return nil
  }

  private func continues(_ title: String, _ text: String) -> Bool {
    if text.first?.isLowercase == true { return true }
    let folded = text.folded
    let begins = ["thuc hien", "can cu", "ubnd", "uy ban", "ban ", "tren co so", "de ", "kinh gui", "phan ", "nham "]
    return Column.year(in: title.folded) == nil && text.count < 160 && !begins.contains { folded.hasPrefix($0) }
      && !text.hasPrefix("(") && !text.hasPrefix("-")
  }

  private func number(before body: Int, into reading: inout PlanReading) {
    for passage in passages[..<min(body, 40)] {
      let folded = passage.words.folded
      guard folded == "so" || folded.hasPrefix("so "), passage.words.contains("/") else { continue }
      log.take(passage)
      reading.layout.lines.append(passage.words)
      if let number = Citation.all(in: passage.words.replacing(" /", with: "/")).first?.basis.number {
        reading.number = Found(number, at: passage.spot())
        return
      }
    }
    log.add(.noNumber, "", at: start)
  }

  private func date(before body: Int, into reading: inout PlanReading) {
    for passage in passages[..<min(body, 40)] {
      let folded = passage.words.folded
      guard passage.words.count < 80, folded.contains("ngay"), folded.contains("thang"), folded.contains("nam") else {
        continue
      }
      log.take(passage)
      reading.layout.lines.append(passage.words)
      // `… tháng 01 năm` and, where the cell was too narrow, `2026` on the next line.
      let isBroken = folded.hasSuffix(" nam") && passages.indices.contains(passage.index + 1)
      let words = passage.words + (isBroken ? " " + passages[passage.index + 1].words : "")
      if case .day(let day)? = PrintedTime(words, year: nil).span {
        reading.issuedOn = Found(day, at: passage.spot())
      } else {
        log.add(.noDate, passage.words, at: passage.spot())
      }
      return
    }
    log.add(.noDate, "", at: start)
  }

  /// Quốc hiệu and Tiêu ngữ. A converter often drops the letterhead, so that they are missing only where the issuer stands above.
  private func motto(before body: Int, into reading: inout PlanReading) {
    let head = passages[..<min(body, 40)]
    let country = head.first { $0.words.count < 120 && $0.words.folded.hasSuffix("cong hoa xa hoi chu nghia viet nam") }
    let motto = head.first { $0.words.count < 120 && $0.words.folded.hasSuffix("doc lap tu do hanh phuc") }
    let issuer = head.first { $0.words.folded.hasPrefix("uy ban nhan dan") || $0.words.folded.hasPrefix("ubnd ") }
    for passage in [country, motto, issuer].compactMap(\.self) {
      log.take(passage)
      reading.layout.lines.append(passage.words)
    }
    if country != nil || issuer != nil { reading.layout.motto = country != nil && motto != nil }
  }

  /// The last year that the title plans for, else that of issue.
  private func year(into reading: inout PlanReading) {
    if let title = reading.title?.value, let year = Self.planned(in: title) {
      reading.year = year
    } else if let day = reading.issuedOn?.value {
      reading.year = day.components.year
      log.add(.yearOfIssue(day.components.year), reading.title?.value ?? "", at: reading.title?.spot ?? start)
    } else if let year = passages.lazy.compactMap({ Self.planned(in: $0.heading ?? "") }).first {
      reading.year = year
      log.add(.yearOfIssue(year), "", at: start)
    } else {
      log.add(.noYear, "", at: start)
    }
  }

  /// `năm 2026`, but not `ngày 14 tháng 11 năm 2025` nor `đến năm 2030`.
  static func planned(in text: String) -> Int? {
    let words = text.folded.split(separator: " ")
    for index in words.indices.dropFirst() where words[index - 1] == "nam" {
      guard let year = Int(words[index]), (2000...2100).contains(year) else { continue }
      let before = index >= 2 ? words[index - 2] : ""
      if !["den", "huong", "nhin", "het"].contains(before), Int(before) == nil { return year }
    }
    return nil
  }

  private func issuer(into reading: inout PlanReading) {
    let place = reading.commune
    for passage in passages where passage.section.role == .opening {
      guard
        let range = passage.words.firstRange(of: "Ban Chỉ đạo phát triển")
          ?? passage.words.firstRange(of: "Ban Chỉ đạo về"),
        let end = passage.words[range.lowerBound...].firstRange(of: " ban hành")
      else { continue }
      // The last to be named before the verb is who promulgates.
      let text = passage.words[..<end.lowerBound]
      if let last = text.ranges(of: "Ban Chỉ đạo").last {
        reading.issuer = String(text[last.lowerBound...])
        return
      }
    }
    if let place {
      reading.issuer = "UBND \(place)"
    } else {
      log.add(.noIssuer, "", at: start)
    }
  }
}

/// The commune and province that a document names most.
struct PlaceNames {
  private(set) var commune: String?
  private(set) var province: String?

  init(_ texts: [String]) {
    var communes: [String: (name: String, count: Int)] = [:]
    var provinces: [String: (name: String, count: Int)] = [:]
    for text in texts {
      let words = text.split(separator: " ")
      for (index, word) in words.enumerated() {
        let kind = word.trimming("(“,;.").folded
        if ["xa", "phuong"].contains(kind) || kind == "khu" && index > 0 && words[index - 1].folded == "dac" {
          guard word.first.map({ $0.isLowercase }) ?? false || word.allSatisfy(\.isUppercase),
            let name = Self.name(after: index, in: words), kind != "xa" || name.folded != "hoi"
          else { continue }
          communes["\(kind) \(name.folded)", default: (Self.kinds[kind, default: "xã"] + " " + name, 0)].count += 1
        } else if kind == "tinh" || kind == "pho" && index > 0 && words[index - 1].folded == "thanh" {
          guard let name = Self.name(after: index, in: words) else { continue }
          provinces[name.folded, default: ((kind == "tinh" ? "tỉnh " : "thành phố ") + name, 0)].count += 1
        }
      }
    }
    commune = Self.most(communes)
    province = Self.most(provinces)
  }

  private static let kinds = ["xa": "xã", "phuong": "phường", "khu": "đặc khu"]

  private static func most(_ found: [String: (name: String, count: Int)]) -> String? {
    found.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value.name
  }

  /// Capitalised words that follow, up to a sign.
  private static func name(after index: Int, in words: [Substring]) -> String? {
    guard !",;.:".contains(words[index].last ?? " ") else { return nil }
    var name: [String] = []
    for word in words[(index + 1)...].prefix(4) {
      let plain = word.trimming(",;.:()”\"/")
      guard let first = plain.first, first.isUppercase, plain.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "'" }),
        !["HĐND", "UBND", "TM", "KT", "MTTQ", "VNEID"].contains(plain.uppercased()) || name.count > 3
      else { break }
      name.append(plain.allSatisfy(\.isUppercase) ? plain.prefix(1) + plain.dropFirst().lowercased() : plain)
      if plain.count < word.count { break }
    }
    return name.isEmpty ? nil : name.joined(separator: " ")
  }
}
