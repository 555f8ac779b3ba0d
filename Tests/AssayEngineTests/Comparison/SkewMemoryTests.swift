import AssayCore
import AssayEngine
import Testing

/// What a join takes.
struct SkewMemoryTests {
  private let sets: SkewSets
  private let table: String

  init() throws {
    sets = try SkewSets()
    table = try sets.table("rows", ["id,x"] + (0..<12_000).map { "r\($0),1" })
  }

  private func run(indexMemory: Int) throws -> ComparisonReport {
    try sets.run(reference: [table], current: [table], indexMemory: indexMemory)
  }

  @Test func aRecordTakesLessThan48Bytes() throws {
    // Half of the memory is for the join, which both sides share.
    let report = try run(indexMemory: 2 * 2 * 12_000 * 48)
    #expect(report.skew?.joined?.matched == 12_000)
  }

  @Test func moreThanTheLimitIsAnErrorThatNamesTheOption() throws {
    let error = #expect(throws: ConfigurationError.self) { try run(indexMemory: 2 * 2 * 12_000 * 20) }
    #expect(error?.description.contains("raise --index-memory") == true)
  }
}
