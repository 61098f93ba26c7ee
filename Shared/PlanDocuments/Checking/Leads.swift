import Schema

/// Checks of who leads: there must be one, within reach, who answers alone and can do it.
enum Leads {
  /// P7: a target nobody leads, or led by one to whom the commune cannot assign work. From experience: units of the province and
  /// outside bodies may be asked, never told.
  @Sendable static func outOfReach(_ plan: Examination) -> [Finding] {
    let none = plan.document.targets.filter(\.leads.isEmpty).map { Place(.target, $0.number) }
    let outside = works(of: plan).flatMap { work in
      work.leads.filter { [.above, .outside].contains(plan.reach($0)) }.map { (office: $0, place: work.place) }
    }
    let unled = [
      Finding.ifAny(
        .leadOutOfReach, .error, none,
        Text(vi: "Chỉ tiêu không có cơ quan chủ trì.", en: "A target that no office leads."),
        do: Text(vi: "Giao một cơ quan của xã chủ trì.", en: "Let an office of the commune lead it."))
    ].compactMap(\.self)
    let strange = outside.grouped { $0.office }.map { office, members in
      let name = plan.name(office)
      let whose =
        plan.reach(office) == .above
        ? Text(vi: "cấp trên", en: "above the commune") : Text(vi: "ngoài UBND xã", en: "outside its administration")
      return Finding(
        .leadOutOfReach, .warning, members.map(\.place),
        Text(
          vi: "“\(name)” là cơ quan \(whose.vi), xã không giao chủ trì được.",
          en: "“\(name)” is \(whose.en) and cannot be assigned."),
        do: Text(
          vi: "Giao một cơ quan của xã chủ trì và đề nghị cơ quan này phối hợp.",
          en: "Let an office of the commune lead, and ask this one to help."))
    }
    return unled + strange
  }

  /// P8: another office leads the same indicator at another milestone. From experience.
  @Sendable static func change(_ plan: Examination) -> [Finding] {
    plan.pledges.filter { $0.place.kind == .target && !$0.row.leads.isEmpty }.grouped(by: \.key).compactMap { _, same in
      let leads = same.grouped { Set($0.row.leads) }
      guard leads.count > 1, Set(same.map(\.milestone)).count > 1, let first = same.first else { return nil }
      let names = leads.map { group in
        (group.members.first?.row.leads ?? []).map(plan.name).joined(separator: " + ")
      }.joined(separator: "; ")
      return Finding(
        .leadChanges, .warning, same.map(\.place),
        Text(
          vi: "“\(first.row.indicator)” đổi cơ quan chủ trì giữa các mốc: \(names).",
          en: "“\(first.row.indicator)” changes its lead between milestones: \(names)."),
        do: Text(vi: "Giữ một cơ quan chủ trì, hoặc nêu lý do đổi.", en: "Keep one lead, or say why it changes."))
    }
  }

  /// P9: where all offices lead, none answers. From experience.
  @Sendable static func collective(_ plan: Examination) -> [Finding] {
    let places = works(of: plan).filter { $0.leads.contains { plan.reach($0) == .collective } }.map(\.place)
    let finding = Finding.ifAny(
      .collectiveLead, .warning, places,
      Text(
        vi: "Giao chung “các cơ quan, đơn vị” chủ trì thì không ai chịu trách nhiệm.",
        en: "“All offices” lead, so nobody answers for it."),
      do: Text(
        vi: "Giao một cơ quan chủ trì, các cơ quan khác phối hợp.", en: "Let one office lead and the others help."))
    return finding.map { [$0] } ?? []
  }

  /// T4: an office that leads and helps at once, or several leads in one cell. From experience.
  @Sendable static func confused(_ plan: Examination) -> [Finding] {
    let both = plan.document.tasks.filter { !Set($0.leads).isDisjoint(with: $0.coordinating) }
    let several = plan.document.tasks.filter { $0.leads.count > 1 }
    return [
      Finding.ifAny(
        .confusedLead, .warning, both.map { Place(.task, $0.number) },
        Text(vi: "Một cơ quan vừa chủ trì vừa phối hợp.", en: "One office both leads and helps."),
        do: Text(vi: "Bỏ cơ quan đó khỏi cột phối hợp.", en: "Remove it from those that help.")),
      Finding.ifAny(
        .confusedLead, .warning, several.map { Place(.task, $0.number) },
        Text(vi: "Nhiều cơ quan cùng chủ trì một nhiệm vụ.", en: "Several offices lead one task."),
        do: Text(
          vi: "Giao một cơ quan chủ trì, các cơ quan còn lại phối hợp.", en: "Let one lead and the others help.")),
    ].compactMap(\.self)
  }

  /// T5: of ten tasks or more, one office leads over six in ten. From experience; the share is ours.
  @Sendable static func overload(_ plan: Examination) -> [Finding] {
    let tasks = plan.document.tasks
    guard tasks.count >= 10 else { return [] }
    return tasks.flatMap { Set($0.leads).sorted() }.grouped { $0 }.compactMap { office, led -> Finding? in
      guard led.count * 10 > tasks.count * 6 else { return nil }
      let name = plan.name(office)
      return Finding(
        .overload, .information, [Place(.office, name)],
        Text(
          vi: "“\(name)” chủ trì \(led.count)/\(tasks.count) nhiệm vụ.",
          en: "“\(name)” leads \(led.count) of \(tasks.count) tasks."),
        do: Text(
          vi: "Xem có thể giao bớt cho cơ quan khác không.", en: "See whether others could lead some of them."))
    }
  }

  /// T6: work that everywhere is one office's own, given to another although that office is there. From experience, for the two
  /// subjects on which all the plans that we know agree.
  @Sendable static func wrongOffice(_ plan: Examination) -> [Finding] {
    let present = plan.document.head.offices.compactMap { office in
      plan.context.offices.match(office.name).sure.map { (kind: $0.code, office: office) }
    }
    return duties.flatMap { duty -> [Finding] in
      guard let owner = present.first(where: { $0.kind == duty.office })?.office else { return [] }
      let strays = plan.document.tasks.filter { task in
        let name = task.name.folded
        return duty.words.contains { name.contains($0) } && !task.leads.isEmpty
          && !(task.leads + task.coordinating).contains(owner.code)
          && !task.leads.contains { plan.reach($0) == .collective }
      }
      let finding = Finding.ifAny(
        .wrongOffice, .warning, strays.map { Place(.task, $0.number) },
        Text(
          vi: "Việc về \(duty.subject.vi) thường do “\(owner.name)” làm, nhưng ở đây không có tên.",
          en: "Work on \(duty.subject.en) is usually done by “\(owner.name)”, who is not named here."),
        do: Text(
          vi: "Giao cơ quan đó chủ trì hoặc phối hợp.", en: "Let that office lead or help."))
      return finding.map { [$0] } ?? []
    }
  }

  private static let duties: [(office: Office.Code, words: [String], subject: Text)] = [
    (
      "ca", ["de an 06", "dinh danh dien tu", "can cuoc"],
      Text(vi: "Đề án 06, định danh", en: "Scheme 06 and electronic identity")
    ),
    ("kt", ["du toan ngan sach"], Text(vi: "dự toán ngân sách", en: "the budget estimate")),
  ]

  /// Tasks and targets alike: who leads, and where it stands.
  private static func works(of plan: Examination) -> [(leads: [Office.Code], place: Place)] {
    plan.document.targets.map { ($0.leads, Place(.target, $0.number)) }
      + plan.document.tasks.map { ($0.leads, Place(.task, $0.number)) }
  }
}
