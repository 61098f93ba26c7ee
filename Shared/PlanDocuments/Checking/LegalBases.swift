import Schema

/// Checks of the documents that a plan rests on or names.
enum LegalBases {
  /// A basis or a citation, and where it stands.
  private struct Cited {
    let basis: LegalBasis
    let title: String?
    let place: Place
    let isBasis: Bool

    var symbol: String { basis.number?.description ?? basis.kind.shown }
  }

  private static func cited(in plan: Examination) -> [Cited] {
    let bases = plan.document.head.legalBases.map { basis in
      let name = [basis.kind, basis.number?.description].compactMap(\.self).joined(separator: " ").shown
      return Cited(basis: basis, title: nil, place: Place(.basis, name), isBasis: true)
    }
    let citations = plan.document.body.citations.map { citation in
      Cited(
        basis: citation.basis, title: citation.title,
        place: Place(.citation, citation.place ?? citation.basis.kind.shown), isBasis: false)
    }
    return bases + citations
  }

  /// L1: a basis that was replaced, has expired, was amended by a document that is not cited, or whose goals ended before the
  /// plan's year; a ministry that is no more. Source: the register; that it matters, from experience.
  @Sendable static func outdated(_ plan: Examination) -> [Finding] {
    let all = cited(in: plan)
    let symbols = Set(all.compactMap { $0.basis.number?.key })
    let year = plan.document.head.year
    let day = plan.document.issuedOn ?? Day(year, 1, 1) ?? Day(number: 0)
    let documents = all.compactMap { cited -> Finding? in
      guard let entry = plan.context.register.find(cited.basis) else { return nil }
      let isPast = entry.since.map { $0 <= day } ?? true
      let by = entry.by?.description ?? "–"
      switch entry.status {
      case .replaced where isPast:
        return Finding(
          .outdatedBasis, .warning, [cited.place],
          Text(vi: "\(cited.symbol) đã được thay thế bởi \(by).", en: "\(cited.symbol) was replaced by \(by)."),
          do: Text(vi: "Dẫn \(by).", en: "Cite \(by)."))
      case .expired where isPast:
        return Finding(
          .outdatedBasis, .warning, [cited.place],
          Text(vi: "\(cited.symbol) đã hết hiệu lực.", en: "\(cited.symbol) is no longer in force."),
          do: Text(vi: "Bỏ, hoặc dẫn văn bản còn hiệu lực.", en: "Remove it, or cite what is in force."))
      case .amended where isPast && entry.by.map { !symbols.contains($0.key) } == true:
        return Finding(
          .outdatedBasis, .warning, [cited.place],
          Text(vi: "\(cited.symbol) đã được sửa đổi bởi \(by).", en: "\(cited.symbol) was amended by \(by)."),
          do: Text(vi: "Dẫn thêm \(by).", en: "Cite \(by) as well."))
      default: break
      }
      guard cited.isBasis, let horizon = entry.horizon, horizon < year else { return nil }
      return Finding(
        .outdatedBasis, .warning, [cited.place],
        Text(
          vi: "Mục tiêu chính của \(cited.symbol) chỉ đến năm \(horizon), kế hoạch là của năm \(year).",
          en: "The main goals of \(cited.symbol) end in \(horizon), the plan is for \(year)."),
        do: Text(
          vi: "Tìm văn bản của giai đoạn hiện nay, hoặc nêu rõ phần định hướng còn dùng.",
          en: "Look for the present period's document, or say which part still holds."))
    }
    return documents + formerBodies(plan)
  }

  /// Bodies that were merged into others.
  private static let mergedBodies = [
    (name: "bo thong tin va truyen thong", shown: "Bộ Thông tin và Truyền thông", now: "Bộ Khoa học và Công nghệ"),
    (name: "so thong tin va truyen thong", shown: "Sở Thông tin và Truyền thông", now: "Sở Khoa học và Công nghệ"),
  ]

  private static func formerBodies(_ plan: Examination) -> [Finding] {
    let document = plan.document
    let texts =
      document.tasks.map { (text: "\($0.name) \($0.output ?? "")", place: $0.place) }
      + document.head.offices.map { (text: $0.name, place: Place(.office, $0.name)) }
      + document.head.recipients.map { (text: $0.name, place: Place(.recipients, "")) }
      + document.body.citations.map {
        (text: "\($0.basis.issuer ?? "") \($0.title ?? "")", place: Place(.citation, $0.place ?? $0.basis.kind.shown))
      }
    let folded = texts.map { (text: $0.text.folded, place: $0.place) }
    return mergedBodies.compactMap { body in
      Finding.ifAny(
        .outdatedBasis, .warning, folded.filter { $0.text.contains(body.name) }.map(\.place),
        Text(vi: "\(body.shown) nay là \(body.now).", en: "\(body.shown) is now \(body.now)."),
        do: Text(vi: "Ghi tên hiện nay.", en: "Use the present name."))
    }
  }

  /// L2: one document with two dates, or one date and subject with two numbers. From experience: digits change places.
  @Sendable static func twoDates(_ plan: Examination) -> [Finding] {
    let numbered = cited(in: plan).filter { $0.basis.number != nil }
    let dated = numbered.filter { $0.basis.date != nil }.grouped { "\($0.basis)\($0.title ?? "")" }.flatMap {
      $0.members.prefix(2)
    }
    let dates = dated.grouped { $0.basis.number?.key }
      .flatMap { _, same in same.clusters { isCompatible($0.basis.issuer, $1.basis.issuer) } }
      .compactMap { same -> Finding? in
        let days = same.grouped { $0.basis.date }.compactMap(\.key)
        guard days.count > 1, isOneDocument(days), let first = same.first else { return nil }
        let written = days.map(\.written).joined(separator: ", ")
        return Finding(
          .twoDates, .error, same.map(\.place),
          Text(
            vi: "\(first.symbol) được dẫn với nhiều ngày: \(written).",
            en: "\(first.symbol) is cited with several dates: \(written)."),
          do: Text(vi: "Đối chiếu bản gốc, giữ một ngày.", en: "Look at the document and keep one date."))
      }
    let numbers =
      dated
      .grouped { NumberedOn(day: $0.basis.date, series: series($0.basis.number)) }
      .flatMap { _, same in same.clusters { isMisnumbered($0, $1) } }
      .compactMap { same -> Finding? in
        let symbols = same.grouped { $0.basis.number?.key }.compactMap { $0.members.first?.symbol }
        guard symbols.count > 1, let day = same.first?.basis.date else { return nil }
        let written = symbols.joined(separator: ", ")
        return Finding(
          .twoDates, .error, same.map(\.place),
          Text(
            vi: "Một văn bản ngày \(day.written) được dẫn với nhiều số: \(written).",
            en: "A document of \(day.written) is cited with several numbers: \(written)."),
          do: Text(vi: "Đối chiếu bản gốc, giữ một số.", en: "Look at the document and keep one number."))
      }
    return dates + numbers
  }

  private struct NumberedOn: Hashable {
    let day: Day?
    let series: String
  }

  /// What follows the number proper: `KH-UBND`.
  private static func series(_ number: DocumentNumber?) -> String {
    (number?.description.folded ?? "").split(separator: " ").dropFirst().joined(separator: " ")
  }

  /// Numbers begin anew every year, so another year is another document unless only the year was mistyped.
  private static func isOneDocument(_ days: [Day]) -> Bool {
    Set(days.map(\.components.year)).count == 1
      || Set(days.map { "\($0.components.day)/\($0.components.month)" }).count == 1
  }

  private static func isCompatible(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return true }
    return LegalBasis.isSameIssuer(left, right)
  }

  /// The same digits in another order, or the same subject under another number.
  private static func isMisnumbered(_ left: Cited, _ right: Cited) -> Bool {
    guard isCompatible(left.basis.issuer, right.basis.issuer), let a = left.basis.number, let b = right.basis.number
    else { return false }
    if a.key == b.key { return true }
    if let one = left.title, let other = right.title { return isSameSubject(Wording(one), Wording(other)) }
    let digits = [a, b].map { $0.description.prefix(while: \.isDigit).sorted() }
    return digits[0] == digits[1]
  }

  /// A subject is often cut short; what is left of it must still say something.
  private static func isSameSubject(_ left: Wording, _ right: Wording) -> Bool {
    left.score(against: right) >= NameIndex.same
      || (min(left.words.count, right.words.count) >= 4 && left.coverage(of: right) >= NameIndex.same)
  }

  /// L3: number and symbol as their issuer writes them: the State `03/NQ-CP`, the Party `57-NQ/TW`; and the symbol's letters agree
  /// with the kind. Source: Appendix III of Decree 30/2020/NĐ-CP; for the Party, practice.
  @Sendable static func malformed(_ plan: Examination) -> [Finding] {
    cited(in: plan).compactMap { cited in
      guard let number = cited.basis.number, let fault = SymbolFault(number, kind: cited.basis.kind) else { return nil }
      return Finding(
        .malformedSymbol, .warning, [cited.place],
        Text(
          vi: "Ký hiệu \(number) \(fault.text.vi).", en: "The symbol \(number) \(fault.text.en)."),
        do: Text(vi: "Đối chiếu bản gốc.", en: "Compare it with the document."))
    }
  }

  /// L4: a basis without a number is hard to find; the district level ended on 1 July 2025 (Nghị quyết 203/2025/QH15).
  @Sendable static func incomplete(_ plan: Examination) -> [Finding] {
    let bases = cited(in: plan).filter(\.isBasis)
    // Laws are cited by name.
    let unnumbered = bases.filter { $0.basis.number == nil && !$0.basis.kind.folded.hasPrefix("luat") }
    let lastDay = Day(2025, 6, 30) ?? Day(number: 0)
    let districts = bases.filter { isDistrict($0.basis.issuer ?? "") }
    let late = districts.filter { $0.basis.date.map { $0 > lastDay } ?? false }
    let early = districts.filter { $0.basis.date.map { $0 <= lastDay } ?? true }
    let head = plan.document.head
    let named =
      head.recipients.filter { isDistrict($0.name) }.map { _ in Place(.recipients, "") }
      + head.offices.filter { isDistrict($0.name) }.map { Place(.office, $0.name) }
      + head.reporting.filter { isDistrict($0.to) }.map { Place(.reporting, $0.what) }
    return [
      Finding.ifAny(
        .incompleteBasis, .warning, unnumbered.map(\.place),
        Text(vi: "Căn cứ không có số, ký hiệu.", en: "A basis without number and symbol."),
        do: Text(vi: "Ghi số, ký hiệu, ngày và cơ quan ban hành.", en: "Write number, symbol, date and issuer.")),
      Finding.ifAny(
        .incompleteBasis, .error, late.map(\.place) + (plan.document.head.year > 2025 ? named : []),
        Text(vi: "Không còn cấp huyện từ ngày 01/07/2025.", en: "There has been no district level since 1 July 2025."),
        do: Text(vi: "Ghi cơ quan cấp tỉnh hoặc cấp xã.", en: "Name a body of the province or the commune.")),
      Finding.ifAny(
        .incompleteBasis, .warning, early.map(\.place),
        Text(vi: "Văn bản của cấp huyện cũ.", en: "A document of a former district."),
        do: Text(vi: "Xem còn dùng được không, hay đã có văn bản thay thế.", en: "See whether it still serves.")),
    ].compactMap(\.self)
  }

  private static func isDistrict(_ text: String) -> Bool {
    let words = " \(text.folded) "
    return [" huyen ", " huyen uy ", " quan uy "].contains { words.contains($0) }
  }

  /// L5: a scheme quoted with another period than its own. Source: the register.
  @Sendable static func misquoted(_ plan: Examination) -> [Finding] {
    let schemes = plan.context.register.entries.filter { $0.period != nil && !$0.names.isEmpty }
    return cited(in: plan).compactMap { cited in
      let words = "\(cited.basis.kind) \(cited.title ?? "")"
      guard let period = Self.period(in: words) else { return nil }
      let folded = words.folded
      let scheme = schemes.first { scheme in scheme.names.contains { folded.contains($0.folded) } }
      guard let scheme, let proper = scheme.period, proper != period else { return nil }
      return Finding(
        .misquotedScheme, .warning, [cited.place],
        Text(
          vi: "“\(scheme.names[0])” là giai đoạn \(proper), không phải \(period).",
          en: "“\(scheme.names[0])” is for \(proper), not \(period)."),
        do: Text(vi: "Ghi đúng tên của \(scheme.number).", en: "Quote \(scheme.number) by its own name."))
    }
  }

  /// The first `2022-2025` of a text.
  private static func period(in text: String) -> String? {
    let words = text.folded.split(separator: " ")
    let years = words.map { $0.count == 4 && ($0.hasPrefix("20") || $0.hasPrefix("19")) && $0.allSatisfy(\.isDigit) }
    return words.indices.dropLast().first { years[$0] && years[$0 + 1] }.map { "\(words[$0])-\(words[$0 + 1])" }
  }
}

extension Array {
  /// Parts in which each is like one that came before, in their order.
  fileprivate func clusters(_ isAlike: (Element, Element) -> Bool) -> [[Element]] {
    var clusters: [[Element]] = []
    for element in self {
      let fitting = clusters.indices.filter { index in clusters[index].contains { isAlike($0, element) } }
      guard let first = fitting.first else {
        clusters.append([element])
        continue
      }
      // One that is like members of two parts makes them one.
      for index in fitting.dropFirst().reversed() { clusters[first] += clusters.remove(at: index) }
      clusters[first].append(element)
    }
    return clusters
  }
}
