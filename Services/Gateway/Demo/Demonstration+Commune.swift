import ArgumentParser
import FoundationEssentials
import PlanDocuments
import Schema
import Units

extension Demonstration {
  /// A commune of the demo: its plan, its people, and what they enter.
  struct Commune {
    var unit: Unit
    /// Nil for one that only counts.
    var plan: PlanDocument?
    /// Nil for a plan of somebody's own: it is entered and issued.
    var quarter: Quarter?

    var name: String { unit.officialName }

    /// Who comes in, an account for each office.
    var people: [Quarter.Person] {
      quarter?.people
        ?? [
          .init(office: plan?.head.focal ?? "vh-xh", roles: [.focal]),
          .init(office: "van-thu", name: "Văn thư", roles: [.clerk]),
        ]
    }

    func account(of office: Office.Code) -> Caller.Account { unit.account(office.description) }

    func office(with role: Role) throws -> Office.Code {
      guard let person = people.first(where: { $0.roles.contains(role) }) else {
        throw Complaint(
          vi: "\(name): không có ai giữ vai trò \(role.rawValue).",
          en: "\(name): nobody has the role \(role.rawValue).",
          code: ExitCode(65))
      }
      return person.office
    }

    /// The first of those that answer for a row who have come in; the focal office enters for the others.
    func office(enteringFor leads: [Office.Code]) throws -> Office.Code {
      try leads.first { lead in people.contains { $0.office == lead && $0.roles.contains(.entry) } }
        ?? office(with: .focal)
    }

    var enrolments: [Installation.Enrolment] {
      people.map { person in
        let name = person.name ?? plan?.head.offices.first { $0.code == person.office }?.name
        return .init(
          account: account(of: person.office), unit: unit,
          office: Office(code: person.office, name: name ?? person.office.description), roles: person.roles)
      }
    }
  }
}

extension Demonstration.Commune {
  /// The plans of a folder, each with the file of the same name in `quarter` below; and communes that have only that.
  static func all(in folder: String, _ lang: Language) throws -> [Demonstration.Commune] {
    let (plans, quarters) = (names(in: folder), names(in: "\(folder)/quarter"))
    return try Set(plans + quarters).sorted().map { name in
      let plan = plans.contains(name) ? try PlanFile.read("\(folder)/\(name)", lang) : nil
      let quarter = quarters.contains(name) ? try Quarter.read("\(folder)/quarter/\(name)") : nil
      guard let unit = plan?.unit ?? quarter?.unit, unit == quarter?.unit ?? unit else {
        throw Complaint(
          vi: "\(folder)/quarter/\(name) ghi đơn vị khác với kế hoạch.",
          en: "\(folder)/quarter/\(name) is about another unit than the plan.", code: ExitCode(65))
      }
      return Demonstration.Commune(unit: unit, plan: plan, quarter: quarter)
    }
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".yaml") }
  }
}

extension Unit {
  var officialName: String { Units[self]?.name ?? description }

  /// Of somebody in this unit: `giao-an.vh-xh`.
  func account(_ who: String) -> Caller.Account { Slug(stringLiteral: "\(word ?? description).\(who)") }
}
