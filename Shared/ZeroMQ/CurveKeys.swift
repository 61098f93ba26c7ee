import CZeroMQ

/// A CURVE key pair: who a process is on the wire.
public struct CurveKeys: Sendable {
  /// The half that others may know.
  public let publicKey: PublicKey
  /// The half that stays here.
  public let secretKey: SecretKey

  /// The pair that belongs to a secret key.
  public init(secret: SecretKey) {
    var text = [CChar](repeating: 0, count: Z85.keyLength + 1)
    let status = zmq_curve_public(&text, secret.revealed())
    guard status == 0, let key = PublicKey(z85: Z85.string(text)) else {
      preconditionFailure("libzmq was built without CURVE")
    }
    publicKey = key
    secretKey = secret
  }

  /// A new pair.
  public static func generate() -> CurveKeys {
    var publicText = [CChar](repeating: 0, count: Z85.keyLength + 1)
    var secretText = publicText
    let status = zmq_curve_keypair(&publicText, &secretText)
    guard status == 0, let secret = SecretKey(z85: Z85.string(secretText)) else {
      preconditionFailure("libzmq was built without CURVE")
    }
    return CurveKeys(secret: secret)
  }
}
