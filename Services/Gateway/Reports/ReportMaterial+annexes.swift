import PlanDocuments
import Schema

/// Phụ lục: the figures, the tasks and the verdicts, a line each.
extension ReportMaterial {
  enum Annex {
    case indicators, tasks, objectives

    /// `I`, `II`, `III`: by its place among those that the report has.
    func number(among annexes: [Annex]) -> String {
      String(repeating: "I", count: annexes.prefix { $0 != self }.count + 1)
    }
  }

  var annexNames: [Annex] {
    [.indicators] + (work?.tasks.isEmpty == false ? [.tasks] : [])
      + (submission.cells.contains { $0.judgement != nil } ? [.objectives] : [])
  }

  var annexes: [AdministrativeReport.Section] {
    annexNames.map { annex in
      let heading = "PHỤ LỤC \(annex.number(among: annexNames))"
      return switch annex {
      case .indicators: indicatorAnnex(heading)
      case .tasks: taskAnnex(heading)
      case .objectives: objectiveAnnex(heading)
      }
    }
  }

  private func indicatorAnnex(_ heading: String) -> AdministrativeReport.Section {
    let rows = submission.cells.filter { !$0.isJudged }.enumerated().map { index, cell in
      [
        "\(index + 1)", cell.name, cell.measure ?? "", cell.figure.map { Money(dong: $0.numerator).written } ?? "",
        cell.figure?.denominator.map { Money(dong: $0).written } ?? "",
        cell.isNothing
          ? "không phát sinh"
          : [
            cell.figure.map { $0.ratio.map(\.percentWritten) ?? $0.written(in: cell.measure) },
            cell.villages.map { "(\($0.text(.vietnamese)))" },
          ].compactMap(\.self).joined(separator: " "),
        cell.estimatedAsOf.map { "ước đến \($0.written)" } ?? cell.standing.text(.vietnamese),
      ]
    }
    return .init(
      heading: heading, paragraphs: ["Kết quả thực hiện các chỉ tiêu"],
      table: .init(
        titles: ["TT", "Chỉ tiêu", "Đơn vị tính", "Tử số", "Mẫu số", "Kết quả", "Đánh giá"],
        widths: [6, 36, 10, 11, 11, 13, 13], rows: rows))
  }

  private func taskAnnex(_ heading: String) -> AdministrativeReport.Section {
    let rows = (work?.tasks ?? []).map { task in
      [
        task.number, task.name, task.leads.map(name(of:)).joined(separator: "; "), task.time ?? "",
        "\(task.percent) %", task.standing?.text(.vietnamese) ?? "",
      ]
    }
    let day = work.map { " đến ngày \($0.asOf.written)" } ?? ""
    return .init(
      heading: heading, paragraphs: ["Tiến độ thực hiện nhiệm vụ\(day)"],
      table: .init(
        titles: ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tiến độ", "Trạng thái"],
        widths: [7, 41, 20, 12, 9, 11], rows: rows))
  }

  private func objectiveAnnex(_ heading: String) -> AdministrativeReport.Section {
    let judged = submission.cells.compactMap { cell in cell.judgement.map { (cell.name, $0) } }
    let rows = judged.enumerated().map { index, objective in
      let (name, judgement) = objective
      return [
        "\(index + 1)", name, judgement.verdict.text.vi, judgement.text, judgement.evidence, judgement.about.vi,
      ]
    }
    return .init(
      heading: heading, paragraphs: ["Đánh giá các mục tiêu định tính"],
      table: .init(
        titles: ["TT", "Mục tiêu", "Đánh giá", "Kết quả", "Minh chứng", "Kỳ"],
        widths: [6, 28, 12, 29, 14, 11], rows: rows))
  }
}
