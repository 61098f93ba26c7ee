import Schema

/// What every service answers.
extension Samples {
  static func common<Service: Contract>(_ service: Service.Type) -> [SampleRequest] {
    var samples = [
      SampleRequest(
        Health<Service>(), in: nil,
        answered: ServiceHealth(
          service: Service.name, version: "1.0.0", uptimeSeconds: 86_400, epoch: epoch, head: 42, storeBytes: 1_048_576,
          streams: [position], load: load)),
      SampleRequest(
        BackUp<Service>(), in: nil,
        answered: StoreCopy(
          service: Service.name, taken: time, bytes: 1_048_576, sha256: String(repeating: "0f", count: 32),
          epoch: epoch, head: 42, audits: 64, streams: [ReadPosition(stream: Plans.name, epoch: epoch, sequence: 41)])),
    ]
    samples += [
      SampleRequest(
        ListAudit<Service>(account: "giao-an.vh-xh", called: "plans.issue", after: "65"), in: commune,
        answered: Page(items: [audit, bareAudit], next: "63")),
      SampleRequest(
        VerifyAudit<Service>(), in: nil,
        answered: AuditVerdict(
          service: Service.name, rows: 64, firstBad: 65, hash: String(repeating: "0f", count: 32))),
    ]
    if !Service.events.isEmpty {
      let own = events.filter { type(of: $0.event).service == Service.name }
      samples.append(
        SampleRequest(
          ReadEvents<Service>(epoch: epoch, after: .sequence(0), max: 100, waitms: 1000), in: commune,
          answered: EventBatch(epoch: epoch, through: 42, head: 42, events: own.map(\.json))))
    }
    if !Service.follows.isEmpty { samples += streams(service) }
    return samples
  }

  private static func streams<Service: Contract>(_ service: Service.Type) -> [SampleRequest] {
    let parked = ParkedEvent(
      stream: position.stream, sequence: 40, type: "vn.xaso.plans.plan.issued.v1", partition: "plan/\(uuid(10))",
      attempts: 3, reason: "disk full")
    return [
      SampleRequest(Reached<Service>(stream: position.stream, seq: 42), in: nil, answered: position),
      SampleRequest(
        ListParked<Service>(after: "39"), in: nil,
        answered: Page(
          items: [
            parked,
            ParkedEvent(
              stream: parked.stream, sequence: 41, type: parked.type, partition: parked.partition, attempts: 0,
              reason: nil),
          ], next: "41")),
      SampleRequest(
        RetryParked<Service>(stream: parked.stream, sequence: parked.sequence), in: nil, answered: Done()),
      SampleRequest(
        DropParked<Service>(stream: parked.stream, sequence: parked.sequence, reason: "Kế hoạch đã bị thay thế"),
        in: nil, answered: Done()),
    ]
  }

  private static var audit: AuditRow {
    AuditRow(
      sequence: 64, time: time, account: "giao-an.vh-xh", unit: commune, office: office.code, called: "plans.issue",
      key: uuid(64), code: 403, note: "1 more was refused", hash: String(repeating: "0f", count: 32))
  }

  private static var bareAudit: AuditRow {
    AuditRow(
      sequence: 63, time: time, account: nil, unit: nil, office: nil, called: "storage.upgrade", key: nil, code: 200,
      note: nil, hash: String(repeating: "f0", count: 32))
  }

  private static var load: ServiceLoad {
    let took = Durations(count: 640, p50us: 500, p99us: 5000, maxus: 4100)
    return ServiceLoad(
      queued: 3, queuedMilliseconds: 12, commits: took,
      methods: [
        MethodLoad(
          method: "plans.issue", answers: [.init(code: 200, count: 636), .init(code: 409, count: 4)], took: took)
      ], dropped: 1)
  }

  private static var position: StreamPosition {
    StreamPosition(stream: Plans.name, cursor: 41, head: 42, parked: 2)
  }
}
