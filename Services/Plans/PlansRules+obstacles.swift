import Schema

/// Obstacles, from whoever meets one to the decision.
extension PlansRules {
  static func raise(
    _ request: RaiseObstacle, in unit: Unit, by caller: Caller, on today: Day
  ) throws(Refusal) -> ObstacleSummary {
    try request.text.check(atMost: 4000, at: "text")
    try request.raiser?.check(atMost: 300, at: "raiser")
    guard let office = caller.office else {
      throw Refusal(
        .forbidden, vi: "Tài khoản này không thuộc cơ quan nào nên không nêu vướng mắc được.",
        en: "This account belongs to no office, so it raises no obstacle.")
    }
    return ObstacleSummary(
      id: Obstacle.ID(), unit: unit, version: 1, office: office, raiser: request.raiser, task: request.task,
      text: request.text, raisedOn: today, status: .raised)
  }

  static func answer(
    _ obstacle: inout ObstacleSummary, _ request: AnswerObstacle, on today: Day
  ) throws(Refusal) -> ObstacleAnswered {
    try request.answer.check(atMost: 4000, at: "answer")
    try request.decision?.reason?.check(atMost: 2000, at: "decision.reason")
    let next: Obstacle.Status = request.outcome == .resolved ? .resolved : .referred
    switch (obstacle.status.known, next) {
    case (.raised, _), (.referred, .resolved): break
    case (.referred, _):
      throw Refusal(
        .conflict, vi: "Vướng mắc đã được kiến nghị cấp trên; hãy ghi kết quả giải quyết khi có.",
        en: "The obstacle was referred already; record how it is resolved when it is.")
    default:
      throw Refusal(.conflict, vi: "Vướng mắc đã được giải quyết.", en: "The obstacle was resolved already.")
    }
    obstacle.status = Open(next)
    obstacle.version += 1
    (obstacle.answer, obstacle.decision, obstacle.answeredOn) = (request.answer, request.decision, today)
    return ObstacleAnswered(
      unit: obstacle.unit, obstacle: obstacle.id, office: obstacle.office, outcome: request.outcome)
  }
}
