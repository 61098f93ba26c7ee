/// Why a plan could not be read: every problem found, by line.
public struct PlanProblems: Error, Hashable {
  public let problems: [PlanProblem]

  init(_ problems: [PlanProblem]) {
    self.problems = problems.sorted { $0.line < $1.line }
  }
}
