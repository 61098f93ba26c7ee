import Foundation
import PlanDocuments

/// The demo plans, made from what five communes published.
enum Demo: String, CaseIterable {
  case giaTran = "gia-tran"
  case giaoAn = "giao-an"
  case thuongDuc = "thuong-duc"
  case voNhai = "vo-nhai"
  case xuanDuong = "xuan-duong"

  var yaml: String {
    get throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      return try String(contentsOf: root.appending(path: "deploy/plans/\(rawValue).yaml"), encoding: .utf8)
    }
  }

  var document: PlanDocument { get throws { try PlanDocument.read(yaml: yaml) } }
}
