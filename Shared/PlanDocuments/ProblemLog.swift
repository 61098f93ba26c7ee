/// Collects what is wrong while reading goes on.
final class ProblemLog {
  private(set) var problems: [PlanProblem] = []

  var isEmpty: Bool { problems.isEmpty }

  /// What a group of rows shares is read once for each of them and reported once.
  func add(_ problem: PlanProblem) {
    if known.insert(problem).inserted { problems.append(problem) }
  }

  private var known: Set<PlanProblem> = []
}
