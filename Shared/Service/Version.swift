/// The version of all six executables; they are released together.
public let version = "0.1.0"
