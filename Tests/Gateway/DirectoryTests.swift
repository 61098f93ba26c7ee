import Bench
import Foundation
import Schema
import Service
import Testing
import ZeroMQ

@testable import xaso

@Suite("The accounts")
struct DirectoryTests {
  private let place: Place
  private let lan = CurveKeys.generate().publicKey
  private let hoa = CurveKeys.generate().publicKey

  init() throws { place = try Place() }

  private func write(_ entries: String...) throws -> String {
    let text = entries.joined(separator: "\n").replacing("LAN", with: "'\(lan)'").replacing("HOA", with: "'\(hoa)'")
    try text.write(toFile: place.path("accounts.yaml"), atomically: true, encoding: .utf8)
    return place.path("accounts.yaml")
  }

  private static let lan = "- {account: lan, keys: [LAN], unit: 38/15043, office: vh-xh, roles: [focal, entry]}"
  private static let hoa = "- {account: hoa, keys: [HOA], unit: 38/15043, office: vp, roles: [clerk]}"

  @Test("are found by key") func found() throws {
    let directory = try Directory(path: try write(Self.lan, "- {account: op, keys: [HOA], roles: [operator]}"))
    #expect(directory[lan]?.description == "lan 38/15043 vh-xh entry,focal")
    #expect(directory[hoa]?.description == "op - - operator")
    #expect(directory[CurveKeys.generate().publicKey] == nil)
  }

  @Test("one account may have several keys, or none for a while") func severalKeys() throws {
    let directory = try Directory(
      path: try write("- {account: lan, keys: [LAN, HOA], roles: [auditor]}", "- {account: nam, keys: [], roles: []}"))
    #expect(directory[lan] == directory[hoa])
  }

  @Test("none at all is a file too") func none() throws {
    #expect(try Directory(path: try write("[]"))[lan] == nil)
  }

  @Test(
    "a mistake in the file lets nobody in by mistake: it names what is wrong",
    arguments: [
      ["- {account: lan, keys: [LAN], roles: [clerk]}", "- {account: lan, keys: [HOA], roles: [clerk]}"],
      ["- {account: lan, keys: [LAN], roles: [clerk]}", "- {account: hoa, keys: [LAN], roles: [clerk]}"],
      ["- {account: lan, keys: [LAN, LAN], roles: [clerk]}"],
      ["- {account: lan, keys: [LAN], unit: 38/99999, roles: [clerk]}"],
      ["- {account: lan, keys: [LAN], unit: Giao An, roles: [clerk]}"],
      ["- {account: lan, keys: [LAN], roles: [king]}"], ["- {account: Lan, keys: [LAN], roles: [clerk]}"],
      ["- {account: lan, keys: ['not a key'], roles: [clerk]}"],
      ["- {account: lan, keys: ['Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID'], roles: [clerk]}"],
      ["- {account: lan, keys: [LAN]}"], ["account: lan"], ["- ["], [""],
    ])
  func mistakes(_ entries: [String]) throws {
    let path = try write(entries.joined(separator: "\n"))
    let error = #expect(throws: SettingsError.self) { try Directory(path: path) }
    #expect(error?.description.contains(path) == true)

    let directory = try Directory(path: try write(Self.lan, Self.hoa))
    _ = try write(entries.joined(separator: "\n"))
    #expect(throws: SettingsError.self) { try directory.reload() }
    #expect(directory[lan]?.account == "lan", "what was there stays")
    #expect(directory[hoa]?.account == "hoa")
  }

  @Test("a file that is gone changes nothing") func gone() throws {
    let directory = try Directory(path: try write(Self.lan))
    try FileManager.default.removeItem(atPath: place.path("accounts.yaml"))
    #expect(throws: SettingsError.self) { try directory.reload() }
    #expect(directory[lan] != nil)
  }

  @Test("taken again, the file counts as it is now") func reload() throws {
    let directory = try Directory(path: try write(Self.lan))
    _ = try write(Self.hoa)
    try directory.reload()
    #expect(directory[lan] == nil)
    #expect(directory[hoa]?.roles == [.clerk])
  }
}
