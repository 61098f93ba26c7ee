import Bus
import Schema
import Storage

/// What people ask about their own data.
extension IdentityService {
  private static let pageSize = 50

  static func registerSubjects(in handlers: inout Handlers<Identity>) {
    handlers.on(OpenSubjectRequest.self) { request, call, transaction in
      let unit = try call.home()
      try IdentityStore.checkGoesOn(unit, transaction)
      if let person = request.person { _ = try RegisterStore.person(person, in: unit, transaction) }
      let opened = try SubjectRules.opened(request, as: SubjectRequest.ID(), today: transaction.time.day)
      try SubjectStore.keep(opened, in: unit, transaction)
      return .accepted(opened, events: [SubjectRules.moved(opened, in: unit, by: call.caller)])
    }
    handlers.on(AcknowledgeSubjectRequest.self) { request, call, transaction in
      try change(request.request, call, transaction) {
        try SubjectRules.acknowledged($0, on: request.on, today: transaction.time.day)
      }
    }
    handlers.on(ExtendSubjectRequest.self) { request, call, transaction in
      try change(request.request, call, transaction) {
        try SubjectRules.extended($0, reason: request.reason, today: transaction.time.day)
      }
    }
    handlers.on(AnswerSubjectRequest.self) { request, call, transaction in
      try change(request.request, call, transaction) {
        try SubjectRules.answered($0, request, today: transaction.time.day)
      }
    }
    handlers.on(ListSubjectRequests.self) { request, call, transaction in
      let after = try request.after.map { try $0.position(as: SubjectRequest.ID.self) }
      let items = try SubjectStore.list(in: try call.home(), after: after, limit: pageSize + 1, transaction)
      return Page(
        items: Array(items.prefix(pageSize)), next: items.count > pageSize ? items[pageSize - 1].id.description : nil)
    }
  }

  private static func change(
    _ id: SubjectRequest.ID, _ call: Call, _ transaction: borrowing Transaction,
    _ decide: (SubjectRequestSummary) throws -> SubjectRequestSummary
  ) throws -> Outcome<SubjectRequestSummary> {
    let unit = try call.home()
    let changed = try decide(try SubjectStore.request(id, in: unit, transaction))
    try SubjectStore.keep(changed, in: unit, transaction)
    return .accepted(changed, events: [SubjectRules.moved(changed, in: unit, by: call.caller)])
  }
}
