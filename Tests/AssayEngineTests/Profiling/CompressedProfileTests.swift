import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Foundation
import Testing

/// A profile in gzip is the profile, and a hostile one is an error.
struct CompressedProfileTests {
  private let folder: TemporaryFolder
  private let profile = ComparedSets.column { .integer(Int64($0)) }

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.url.appendingPathComponent(name)))
  }

  private func write(_ name: String = "set.json.gz") throws -> [UInt8] {
    try ProfileFile.write(profile, to: folder.path(name))
    return try bytes(name)
  }

  private func reason(of bytes: [UInt8]) throws -> String? {
    let path = try folder.write(bytes, to: "hostile.json.gz")
    do {
      _ = try ProfileFile.read(path)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func itIsReadBackToTheByte() throws {
    #expect(try write().starts(with: [0x1F, 0x8B]))
    #expect(try ProfileFile.read(folder.path("set.json.gz")).encoded() == profile.encoded())
  }

  @Test func itIsKnownByItsBytesAndNotByItsName() throws {
    let path = try folder.write(try write(), to: "renamed.json")
    #expect(try ProfileFile.read(path).encoded() == profile.encoded())
  }

  @Test func itHoldsNeitherTimeNorName() throws {
    let first = try write()
    #expect(try write("other.json.gz") == first)
    #expect(first[3] == 0 && Array(first[4..<8]) == [0, 0, 0, 0])
  }

  @Test func severalMembersAreOneText() throws {
    let text = profile.encoded()
    let parts = [text[..<100], text[100...]].map { Array($0) }
    let path = try folder.write(try parts.flatMap(gzipped), to: "parts.json.gz")
    #expect(try ProfileFile.read(path).encoded() == text)
  }

  private func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    let path = try folder.write(bytes, to: "part")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-kf", path]
    try process.run()
    process.waitUntilExit()
    return try self.bytes("part.gz")
  }

  @Test(arguments: [5, 100, 1])
  func aShortenedOneIsDamaged(lost: Int) throws {
    #expect(try reason(of: Array(try write().dropLast(lost)))?.contains("damaged or ends early") == true)
  }

  @Test func anyFlippedByteIsNoticed() throws {
    let whole = try write()
    for index in stride(from: 10, to: whole.count, by: max(1, whole.count / 100)) {
      var bytes = whole
      bytes[index] ^= 0x10
      #expect(try reason(of: bytes) != nil, "byte \(index)")
    }
  }

  @Test func aBombIsRefusedAtTheLimit() throws {
    let bomb = try gzipped([UInt8](repeating: 0x20, count: Profile.limits.maximumByteCount + 1))
    #expect(try reason(of: bomb)?.contains("more than the limit") == true)
  }
}
