import ArgumentParser
import Schema
import Service

/// `xaso`: the front door and everything that people ask of it.
@main struct Xaso: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xaso",
    abstract: "Kế hoạch khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số, từ tỉnh đến xã.",
    discussion: """
      Plans for science, technology, innovation and digital transformation, from province to commune.

      Mã thoát (exit codes): 0 xong (done); 1 bị từ chối (refused); 64 sai cú pháp (usage); 65 dữ liệu sai (bad data);
      66 không đọc được tệp (no input); 69 không kết nối được, chưa có gì thay đổi (unavailable, nothing done);
      75 chưa biết kết quả, chạy lại với --key (outcome unknown); 77 không có quyền hoặc không có trong đơn vị
      (no permission); 78 thiếu hồ sơ hoặc khóa (configuration).
      """,
    version: version,
    subcommands: [
      PlanCommand.self, TaskCommand.self, LegalCommand.self, ObstacleCommand.self, CommitteeCommand.self,
      BudgetCommand.self, IndicatorCommand.self, RegimeCommand.self, SubmissionCommand.self, ReportCommand.self,
      NotifyCommand.self, EventCommand.self, UnitCommand.self, InviteCommand.self, JoinCommand.self,
      AccountCommand.self, IdentityCommand.self, PersonCommand.self, RequestCommand.self, KeyCommand.self,
      StatusCommand.self, UpCommand.self, DownCommand.self, DemoCommand.self, BackupCommand.self, RestoreCommand.self,
      AuditCommand.self, SetupCommand.self, ServeCommand.self,
      HealthCommand.self,
    ])

  static func main() async {
    do {
      try beginRehearsal()
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let error = Failure.tell(error)
      if let text = Failure.vietnamese(of: message(for: error)) { Failure.complain(text) }
      exit(withError: error)
    }
  }

  private static func beginRehearsal() throws(Complaint) {
    do throws(Rehearsal.NoSuchDay) {
      try Rehearsal.begin()
    } catch {
      throw Complaint(
        vi: "\(Rehearsal.variable)=\(error.word) không phải là ngày; hãy ghi như 2026-07-01 hoặc bỏ đi.",
        en: "\(error)", code: ExitCode(78))
    }
  }
}
