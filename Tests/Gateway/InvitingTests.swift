import Schema
import Testing
import ZeroMQ

@testable import xaso

@Suite("What an invitation is made of") struct InvitingTests {
  @Test(
    "an office's code is its name as one types it, without the word for office",
    arguments: [
      ("Phòng VH-XH", "vh-xh"), ("Phòng Kinh tế", "kinh-te"), ("Văn phòng HĐND và UBND", "van-phong-hdnd-va-ubnd"),
      ("Công an xã", "cong-an-xa"), ("phòng", nil), ("", nil), ("—", nil),
      (String(repeating: "rất dài ", count: 9), nil),
    ] as [(String, Office.Code?)])
  func code(_ name: String, _ code: Office.Code?) { #expect(Office.Code(ofOfficeNamed: name) == code) }

  @Test(
    "an address is a host and a port",
    arguments: [
      ("xaso.tinh.example:7400", "tcp://xaso.tinh.example:7400"), ("tcp://203.0.113.7:80", "tcp://203.0.113.7:80"),
      ("[2001:db8::7]:7400", "tcp://[2001:db8::7]:7400"), ("xaso.tinh.example", nil), (":7400", nil), ("host:0", nil),
      ("host:70000", nil), ("http://host:80", nil), ("máy:7400", nil), ("a b:7400", nil), ("", nil),
    ] as [(String, String?)])
  func address(_ text: String, _ endpoint: String?) { #expect(PublicAddress(argument: text)?.endpoint == endpoint) }

  @Test("an operator's address is taken when it is set, and a wrong one is told") func setting() throws {
    #expect(try PublicAddress.set(in: [:]) == nil)
    #expect(try PublicAddress.set(in: ["XASO_PUBLIC_ADDRESS": ""]) == nil)
    #expect(try PublicAddress.set(in: ["XASO_PUBLIC_ADDRESS": "h:1"])?.endpoint == "tcp://h:1")
    let complaint = #expect(throws: Complaint.self) { try PublicAddress.set(in: ["XASO_PUBLIC_ADDRESS": "h"]) }
    #expect(complaint?.text.en.contains("HOST:PORT") == true)
  }

  @Test(
    "a line for this machine alone is known as such",
    arguments: [
      ("tcp://127.0.0.1:7400", true), ("tcp://localhost:7400", true), ("tcp://10.0.0.1:7400", false),
      ("tcp://xaso.tinh.example:7400", false),
    ])
  func loopback(_ server: String, _ isForThisMachine: Bool) {
    let line = InvitationLine(
      server: server, serverKey: CurveKeys.generate().publicKey, keys: .generate(), expires: .now)
    #expect(line.isForThisMachine == isForThisMachine)
  }
}
