import ArgumentParser
import FoundationEssentials
import Schema

/// Where people outside reach the front door: through a published port or an address translation, of which the door itself
/// knows nothing.
struct PublicAddress: ExpressibleByArgument {
  /// As ZeroMQ writes it.
  let endpoint: String

  /// `xaso.thanhhoa.example:7400`, `203.0.113.7:7400`, with or without `tcp://` before it.
  init?(argument: String) {
    let address = argument.hasPrefix("tcp://") ? String(argument.dropFirst(6)) : argument
    guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]), port > 0,
      colon > address.startIndex, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") })
    else { return nil }
    endpoint = "tcp://" + address
  }

  /// What the operator set as `XASO_PUBLIC_ADDRESS`; nil when it is not set.
  static func set(in environment: [String: String] = ProcessInfo.processInfo.environment) throws -> PublicAddress? {
    guard let text = environment["XASO_PUBLIC_ADDRESS"], !text.isEmpty else { return nil }
    guard let address = PublicAddress(argument: text) else {
      throw Complaint(
        vi: "XASO_PUBLIC_ADDRESS phải là TÊN-MÁY:CỔNG, như xaso.tinh.gov.vn:7400; đang là «\(text)».",
        en: "XASO_PUBLIC_ADDRESS has to be HOST:PORT, such as xaso.province.example:7400; it is “\(text)”.")
    }
    return address
  }
}
