import Schema

extension Samples {
  static let notificationRequests = [
    SampleRequest(
      ReadInbox(office: office.code, after: "12"), in: commune,
      answered: Page(
        items: [
          NoticeSummary(
            id: id(60), office: office.code, time: time,
            text: Notice.Content.planIssued(
              number: "119/KH-UBND", title: "Chuyển đổi số năm 2026", leads: 3, coordinates: 2, targets: 5
            ).text),
          NoticeSummary(
            id: id(61), office: office.code, time: time,
            text: Notice.Content.taskProgressed(number: "1.1", name: "Số hóa hồ sơ", percent: 40, by: "van-phong").text),
        ], next: "14"))
  ]
}
