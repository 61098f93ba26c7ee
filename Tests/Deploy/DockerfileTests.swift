import Schema
import Testing

@testable import xaso

@Suite("The Dockerfile") struct DockerfileTests {
  let lines: [String]

  init() throws { lines = try Files.text("deploy/Dockerfile").split(separator: "\n").map(String.init) }

  @Test("names its base images with their tags, and needs no other frontend") func bases() {
    let images = lines.filter { $0.hasPrefix("FROM ") }.map { $0.split(separator: " ")[1] }
    #expect(images == ["swift:6.3-bookworm", "debian:bookworm-slim"])
    #expect(!lines.contains { $0.replacing(" ", with: "").lowercased().hasPrefix("#syntax=") })
  }

  @Test("ends as a user that is not root, the one of the compose file") func user() throws {
    let user = try #require(lines.last { $0.hasPrefix("USER ") }).dropFirst(5)
    #expect(try Compose.read().services.values.allSatisfy { $0.user == user })
    #expect(user.split(separator: ":").allSatisfy { Int($0).map { $0 > 0 } == true })
  }

  @Test("installs what the executables need, and other hosts are told the same") func libraries() throws {
    let order = try #require(lines.lastIndex { $0.contains("apt-get -qq install") })
    let line = lines[order...].prefix(2).joined()
    let names = line.split(separator: " ").filter { $0.hasPrefix("lib") }
    #expect(names.count > 3 && names.sorted() == names)
    let told = try Files.text("deploy/OPERATIONS.md").split(separator: "\n").filter { $0.contains("libzmq5") }
    #expect(!told.isEmpty)
    for line in told { for name in names { #expect(line.contains(name), "\(name) in \(line)") } }
  }

  @Test("builds with every library that the package's manifest names") func headers() throws {
    let packages = try #require(try Files.text("Makefile").split(separator: "\n").first { $0.hasPrefix("PACKAGES =") })
    let manifest = try Files.text("Package.swift")
    let named = manifest.split(separator: ".apt([\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(named.count > 3)
    for name in named { #expect(packages.split(separator: " ").contains(name), "\(name)") }
  }

  @Test("has a folder for each process's key and store, where its volumes are mounted") func folders() throws {
    let loop = try #require(lines.first { $0.contains("for name in ") })
    let words = loop.split { " ;".contains($0) }.map(String.init)
    let names = words.drop { $0 != "in" }.dropFirst().prefix { $0 != "do" }
    #expect(Set(names) == Set(Groundwork.processes + [Gateways.successorName]))
    #expect(lines.contains { $0.contains("\"/etc/xaso/keys/$name\" \"/var/lib/xaso/$name\"") })
  }
}
