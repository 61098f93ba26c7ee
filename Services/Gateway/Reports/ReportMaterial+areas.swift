import PlanDocuments
import Schema

/// Results by area: in the groups that the plan has, or where it has none by what the catalogue says of an indicator.
extension ReportMaterial {
  /// A sentence for each group, in the plan's order: how many of its indicators are met, and each with its result.
  var areas: [String] {
    var groups: [(name: String, cells: [Submission.Cell])] = []
    for cell in submission.cells {
      let name = promises[cell.indicator]?.group ?? area(of: cell) ?? "Chỉ tiêu khác"
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].cells.append(cell)
      } else {
        groups.append((name, [cell]))
      }
    }
    guard groups.count > 1 || groups.first?.name != "Chỉ tiêu khác" else { return [] }
    return groups.enumerated().map { index, group in
      let results = group.cells.map { "\($0.name): \(result(of: $0))" }.joined(separator: "; ")
      return "\(index + 1). \(group.name): \(sum(of: group.cells)). \(results)."
    }
  }

  /// `đạt 3/4 chỉ tiêu; mục tiêu định tính: hoàn thành 2`
  private func sum(of cells: [Submission.Cell]) -> String {
    let counted = cells.filter { !$0.isJudged }
    let verdicts = cells.compactMap(\.judgement?.verdict)
    let parts = [
      counted.isEmpty ? nil : "đạt \(counted.count { $0.standing == .met })/\(counted.count) chỉ tiêu",
      verdicts.isEmpty ? nil : "mục tiêu định tính: \(Self.counted(verdicts))",
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }

  /// The areas by which communes report on digital transformation, by the first word of a catalogue's code.
  private func area(of cell: Submission.Cell) -> String? {
    let code = IndicatorCatalogue.standard.entry(called: cell.name)?.code.description
    return switch code?.split(separator: ".").first {
    case "ha-tang": "Hạ tầng số"
    case "nhan-luc", "ngan-sach", "ai": "Nhận thức, nhân lực, nguồn lực"
    case "tthc", "dvc", "ho-so", "nhiem-vu", "bao-cao", "du-lieu": "Chính quyền số"
    case "dn", "nong-nghiep": "Kinh tế số"
    case "dan-so", "thanh-toan", "cong-dong", "y-te", "giao-duc", "van-hoa": "Xã hội số"
    case "an-toan": "An toàn thông tin"
    default: nil
    }
  }

  /// `95,0 % (mức phấn đấu ≥ 90 %)`, `hoàn thành một phần`
  private func result(of cell: Submission.Cell) -> String {
    guard let figure = cell.figure else { return cell.judgement?.verdict.text.vi ?? "không phát sinh" }
    let value = figure.ratio.map(\.percentWritten) ?? figure.written(in: cell.measure)
    let estimate = cell.estimatedAsOf == nil ? "" : "ước "
    guard let promise = promises[cell.indicator], promise.value != nil else { return estimate + value }
    return "\(estimate)\(value) (mức phấn đấu \(promise.promise(.vietnamese)))"
  }
}
