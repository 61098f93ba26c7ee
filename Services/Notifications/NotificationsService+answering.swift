import Bus
import Schema
import Service
import Storage

/// What people ask of notices, and do about them.
extension NotificationsService {
  static func register(in handlers: inout Handlers<Notifications>) {
    registerInbox(in: &handlers)
    registerSilences(in: &handlers)
    registerLetters(in: &handlers)
  }

  private static func registerInbox(in handlers: inout Handlers<Notifications>) {
    handlers.on(ReadInbox.self) { request, call, transaction in
      let offices = try NotificationsRules.offices(request.office, for: call.caller)
      return try NotificationsStore.inbox(of: offices, in: try call.home(), after: request.after, transaction)
    }
    handlers.on(AcknowledgeNotice.self) { request, call, transaction in
      let notice = try NotificationsStore.notice(request.notice, in: try call.home(), transaction)
      try NotificationsRules.mayAnswer(notice, call.caller)
      try request.note?.check(atMost: 500, at: "note")
      try NotificationsStore.acknowledge(notice, by: call.caller.account, request.note, transaction)
      return .accepted(try NotificationsStore.summary(notice.id, transaction))
    }
    handlers.on(SnoozeNotice.self) { request, call, transaction in
      let notice = try NotificationsStore.notice(request.notice, in: try call.home(), transaction)
      try NotificationsRules.mayAnswer(notice, call.caller)
      try NotificationsRules.mayPutOff(
        notice, until: request.until, on: transaction.time.day, try NotificationsStore.book(transaction),
        try NotificationsStore.workingDays(transaction))
      if let fingerprint = notice.fingerprint {
        try NotificationsStore.snooze(fingerprint, until: request.until, transaction)
      }
      return .accepted(try NotificationsStore.summary(notice.id, transaction))
    }
    handlers.on(TraceNotice.self) { request, call, transaction in
      let notice = try NotificationsStore.notice(request.notice, in: try call.home(), transaction)
      _ = try NotificationsRules.offices(notice.office, for: call.caller)
      return try NotificationsStore.trace(notice, transaction)
    }
    handlers.on(ForeseeNotices.self) { request, call, transaction in
      try NotificationsStore.foresee(request, in: try call.home(), transaction)
    }
  }

  private static func registerSilences(in handlers: inout Handlers<Notifications>) {
    handlers.on(SilenceNotices.self) { request, call, transaction in
      try NotificationsRules.check(request, on: transaction.time.day, try NotificationsStore.book(transaction))
      if let office = request.office {
        try NotificationsStore.check(office, in: try call.home(), on: transaction.time.day, transaction)
      }
      let silence = Silence(
        id: Silence.ID(), rule: request.rule, subject: request.subject, office: request.office, until: request.until,
        reason: request.reason, document: request.document, account: call.caller.account, time: transaction.time)
      try NotificationsStore.keep(silence, in: try call.home(), transaction)
      return .accepted(silence)
    }
    handlers.on(LiftSilence.self) { request, call, transaction in
      let unit = try call.home()
      var silence = try NotificationsStore.silence(request.silence, in: unit, transaction)
      guard silence.lifted == nil, silence.until >= transaction.time.day else {
        throw Refusal(
          .conflict, vi: "Lệnh im lặng này đã hết hiệu lực.", en: "This silence has ended already.", at: "silence")
      }
      silence.lifted = transaction.time
      try NotificationsStore.keep(silence, in: unit, transaction)
      return .accepted(silence)
    }
    handlers.on(ListSilences.self) { request, call, transaction in
      try NotificationsStore.silences(in: try call.home(), after: request.after, transaction)
    }
  }

  private static func registerLetters(in handlers: inout Handlers<Notifications>) {
    handlers.on(ListLetters.self) { request, call, transaction in
      try NotificationsStore.letters(request, in: try call.home(), transaction)
    }
    handlers.on(RetryLetter.self) { request, call, transaction in
      .accepted(try NotificationsStore.retry(request.letter, in: try call.home(), transaction))
    }
    handlers.on(KeepAddress.self) { request, call, transaction in
      try NotificationsStore.keep(request, in: try call.home(), transaction)
      return .accepted(Done())
    }
    handlers.on(ListAddresses.self) { request, call, transaction in
      try NotificationsStore.addresses(in: try call.home(), after: request.after, transaction)
    }
  }
}
