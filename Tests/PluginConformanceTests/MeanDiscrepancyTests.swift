import AssayCore
import AssayEngine
import AssayPlugins
import AssayTestSupport
import Foundation
import Testing

@Suite("Maximum mean discrepancy")
struct MeanDiscrepancyTests {
  /// Rows of normal numbers; those from `reference` on are moved by `shift` in the first column.
  static func rows(_ reference: Int, _ current: Int, dimensions: Int, shift: Double, seed: UInt64) -> [Double]
  {
    var random = SplitMix64(seed: seed)
    func uniform() -> Double { (Double(random.next() >> 11) + 0.5) / 9_007_199_254_740_992 }
    return (0..<reference + current).flatMap { row in
      (0..<dimensions).map { column in
        (-2 * Foundation.log(uniform())).squareRoot() * Foundation.cos(2 * .pi * uniform())
          + (row >= reference && column == 0 ? shift : 0)
      }
    }
  }

  static func comparison(_ rows: [Double], dimensions: Int, _ labels: [[UInt8]]) -> SampleComparison {
    SampleComparison(
      id: "org.assay.mmd/1", parameters: [], rows: rows, dimensions: dimensions,
      referenceCount: labels[0].count { $0 == 0 }, labels: labels.flatMap { $0 })
  }

  /// The definition, pair by pair, with a bandwidth that is given.
  static func definition(_ rows: [[Double]], _ labels: [UInt8], bandwidth: Double) -> Double {
    func kernel(_ a: Int, _ b: Int) -> Double {
      Foundation.exp(-zip(rows[a], rows[b]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / bandwidth)
    }
    let sides = [UInt8(0), 1].map { side in labels.indices.filter { labels[$0] == side } }
    func within(_ side: [Int]) -> Double {
      let sum = side.reduce(0.0) { sum, a in side.reduce(sum) { a == $1 ? $0 : $0 + kernel(a, $1) } }
      return sum / Double(side.count * (side.count - 1))
    }
    let between = sides[0].reduce(0.0) { sum, a in sides[1].reduce(sum) { $0 + kernel(a, $1) } }
    return within(sides[0]) + within(sides[1]) - 2 * between / Double(sides[0].count * sides[1].count)
  }

  @Test func itIsItsDefinition() throws {
    // All distances but zero are equal, and so is the bandwidth.
    let rows: [[Double]] = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    let labels: [[UInt8]] = [[0, 0, 1, 1], [0, 1, 0, 1]]
    let found = try FirstParty.compare(
      "org.assay.mmd/1", Self.comparison(rows.flatMap { $0 }, dimensions: 4, labels))
    for (found, labels) in zip(found, labels) {
      #expect(abs(found - Self.definition(rows, labels, bandwidth: 2)) < 1e-6)
    }
  }

  @Test func everyLabellingIsAnsweredOnItsOwn() throws {
    let rows = Self.rows(20, 12, dimensions: 3, shift: 1, seed: 4)
    let truth = [UInt8](repeating: 0, count: 20) + [UInt8](repeating: 1, count: 12)
    let other = truth.reversed().map { $0 }
    let together = try FirstParty.compare(
      "org.assay.mmd/1", Self.comparison(rows, dimensions: 3, [truth, other, truth]))
    let alone = try FirstParty.compare("org.assay.mmd/1", Self.comparison(rows, dimensions: 3, [truth]))
    #expect(together[0] == alone[0] && together[2] == alone[0] && together[1] != alone[0])
  }

  /// Five percent of null sets may warn; 20 of 100 would be a broken test.
  @Test func nullSetsSeldomWarnAndShiftsAreSeen() throws {
    func share(_ shift: Double) throws -> Double {
      let trials = 100
      let hits = try (0..<trials).count { trial in
        let rows = Self.rows(80, 40, dimensions: 4, shift: shift, seed: UInt64(trial + 1))
        var labels = [UInt8](repeating: 0, count: 80) + [UInt8](repeating: 1, count: 40)
        var random = SplitMix64(seed: UInt64(1000 + trial))
        var all = [labels]
        for _ in 0..<99 {
          labels.shuffle(using: &random)
          all.append(labels)
        }
        let values = try FirstParty.compare("org.assay.mmd/1", Self.comparison(rows, dimensions: 4, all))
        var test = PermutationTest(observed: values[0], largerIsDrift: true)
        test.add(Array(values.dropFirst()))
        return test.p <= 0.05
      }
      return Double(hits) / Double(trials)
    }
    #expect(try share(0) <= 0.12)
    #expect(try share(1.2) >= 0.9)
  }

  @Test func oneRowASideIsNotApplicable() {
    #expect(throws: FirstParty.NoAnswer.self) {
      try FirstParty.compare("org.assay.mmd/1", Self.comparison([1, 2, 3], dimensions: 1, [[0, 0, 1]]))
    }
  }
}
