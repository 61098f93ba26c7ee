/// The indicators service: what was promised by number, what was counted since, where that leaves each unit, and what is
/// reported of it to whom.
///
/// Targets come from the plans' stream; observations are entered here, or added up from the counts in identity's stream and
/// the payments in the budget's.
public enum Indicators: Contract {
  public static let name: ServiceName = "indicators"
  public static let requests: [any Request.Type] = [
    ObserveIndicator.self, ImportObservations.self, CheckObservations.self, DeclareNothing.self, ListIndicators.self,
    ListObservations.self, ExplainStanding.self, JudgeIndicator.self, OverviewIndicators.self, RollUpIndicator.self,
    ListJudgements.self, ShowRollUpTable.self, RecordMerger.self, RevokeMerger.self, KeepRegime.self, ListRegimes.self,
    MoveDueDay.self,
    GrantException.self,
    PrepareSubmission.self, ConfirmSubmission.self, AnswerSubmission.self, RecallSubmission.self,
    ListSubmissions.self, ShowSubmission.self, ShowCompleteness.self, ExplainLock.self, ListDefinitions.self,
    DefineIndicator.self, AdoptIndicator.self,
  ]
  public static let events: [any Event.Type] = [
    ObservationRecorded.self, ObservationsImported.self, TargetMet.self, SubmissionMoved.self, ReportExpected.self,
    ReportSettled.self, TargetEndangered.self, TargetRecovered.self,
  ]
  public static let follows: [ServiceName] = [Identity.name, Plans.name, Budget.name]
}
