import AssayCore
import AssayTestSupport
import Testing

/// Accuracy of what is read from columns, against the data itself.
struct NumericDistributionTests {
  private let hasher = SipHash()

  private func column(_ values: [Value], _ scale: SketchScale = .whole) -> ColumnProfile {
    var column = ColumnProfile(scale: scale)
    for value in values { column.observe(value, hasher: hasher) }
    return column
  }

  private func normals(_ count: Int, seed: UInt64, mean: Double = 0) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      mean + (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
  }

  private func lognormals(_ count: Int, seed: UInt64) -> [Double] {
    normals(count, seed: seed).map { value in (0..<8).reduce(1 + value / 256) { root, _ in root * root } }
  }

  /// The bound of a bucket's half width at level 0.
  private static let relativeTolerance = 1.0 / 128

  @Test(arguments: [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0]) func quantileIsWithinHalfABucket(q: Double) throws {
    let values = lognormals(20_000, seed: 31)
    let exact = values.sorted()[max(0, Int((q * 20_000).rounded(.up)) - 1)]
    let found = try #require(column(values.map { .real($0) }).quantile(q))
    #expect(abs(found / exact - 1) <= Self.relativeTolerance)
  }

  @Test(arguments: [0, 0.1, 0.5, 1.0]) func quantileOfIntegersIsExact(q: Double) throws {
    let values = (0..<1001).map { Int64($0 * 7919 % 1001) - 500 }
    let exact = values.sorted()[max(0, Int((q * 1001).rounded(.up)) - 1)]
    #expect(column(values.map { .integer($0) }).quantile(q) == Double(exact))
  }

  @Test func quantilesReachTheInfinities() {
    let column = column([.real(-.infinity), .real(1), .real(.infinity), .real(.nan)])
    #expect([0, 0.5, 1].map { column.quantile($0) } == [-.infinity, 1, .infinity])
  }

  @Test func quantileOfNoNumbersIsNil() {
    #expect(column([.text("a"), .missing]).quantile(0.5) == nil)
  }

  @Test func meanIsTheExactSumOverTheCount() {
    #expect(column([.real(1e100), .integer(1), .real(-1e100), .real(.nan)]).mean == 1.0 / 3)
  }

  @Test func varianceSurvivesALargeOffset() {
    #expect(column([1e15, 1e15 + 1, 1e15 + 2].map { .real($0) }).variance == 2.0 / 3)
  }

  @Test func varianceOfOneNumberIsZero() {
    #expect(column([.real(0.1)]).variance == 0)
  }

  /// STATISTICS' bound for continuous columns is 0.0025 for the distance of two sketches from the exact one.
  @Test func distanceOfSketchesIsNearTheExactDistance() throws {
    let reference = normals(5000, seed: 32)
    let current = normals(4000, seed: 33, mean: 0.2)
    let aligned = NumericDistribution.aligned(
      try #require(column(reference.map { .real($0) }).numbers),
      try #require(column(current.map { .real($0) }).numbers))
    var (left, right, found) = (0.0, 0.0, 0.0)
    for entry in aligned {
      left += Double(entry.reference) / 5000
      right += Double(entry.current) / 4000
      found = max(found, abs(left - right))
    }
    #expect(abs(found - exactDistance(reference, current)) <= 0.005)
  }

  private func exactDistance(_ left: [Double], _ right: [Double]) -> Double {
    let (a, b) = (left.sorted(), right.sorted())
    var (i, j, largest) = (0, 0, 0.0)
    while i < a.count, j < b.count {
      if a[i] <= b[j] { i += 1 } else { j += 1 }
      largest = max(largest, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    return largest
  }

  @Test func alignedCountsKeepBothTotals() throws {
    let reference = try #require(column((0..<500).map { .integer($0 - 250) }).numbers)
    let current = try #require(column(normals(700, seed: 34).map { .real($0) }).numbers)
    let aligned = NumericDistribution.aligned(reference, current)
    #expect(aligned.reduce(0) { $0 + $1.reference } == 500)
    #expect(aligned.reduce(0) { $0 + $1.current } == 700)
    #expect(zip(aligned, aligned.dropFirst()).allSatisfy { $0.bucket.upper < $1.bucket.lower })
  }

  @Test func alignedLevelsAreTheCoarserOfTwo() throws {
    var random = SplitMix64(seed: 35)
    let wide = try #require(column((0..<9000).map { _ in .real(Double(bitPattern: random.next())) }).numbers)
    let narrow = try #require(column(normals(900, seed: 36).map { .real($0) }).numbers)
    let aligned = NumericDistribution.aligned(wide, narrow)
    #expect(wide.resolution != narrow.resolution)
    #expect(aligned.reduce(0) { $0 + $1.current } == 900)
    #expect(zip(aligned, aligned.dropFirst()).allSatisfy { $0.bucket.ordinal < $1.bucket.ordinal })
  }

  @Test func binsHaveNearlyEqualPooledMass() throws {
    let reference = try #require(column(normals(5000, seed: 37).map { .real($0) }).numbers)
    let current = try #require(column(normals(5000, seed: 38).map { .real($0) }).numbers)
    let bins = CommonBins(reference, current)
    #expect(bins.reference.count == 20)
    #expect(zip(bins.reference, bins.current).allSatisfy { 400...600 ~= $0 + $1 })
  }

  @Test func binsAreSymmetricInTheirInputs() throws {
    let reference = try #require(column(normals(500, seed: 39).map { .real($0) }).numbers)
    let current = try #require(column(normals(900, seed: 40, mean: 1).map { .real($0) }).numbers)
    let (forth, back) = (CommonBins(reference, current), CommonBins(current, reference))
    #expect(forth.edges == back.edges)
    #expect(forth.reference == back.current && forth.current == back.reference)
  }

  @Test func binsHoldEveryNumberAndTheInfinities() throws {
    var random = SplitMix64(seed: 41)
    let reference = try #require(column(SketchSamples.reals(3000, &random).map { .real($0) }).numbers)
    let current = try #require(column([.integer(3), .real(.infinity), .real(-.infinity)]).numbers)
    let bins = CommonBins(reference, current)
    #expect(bins.reference.reduce(0, +) == reference.count)
    #expect(bins.current.reduce(0, +) == 3)
    #expect(bins.edges?.count == bins.reference.count + 1)
  }

  @Test func aConstantColumnHasOneBin() throws {
    let constant = try #require(column([.integer(5), .integer(5)]).numbers)
    let bins = CommonBins(constant, constant)
    #expect(bins.reference == [2] && bins.edges == [-.infinity, .infinity])
  }

  @Test func categoriesAlignByName() {
    let bins = CommonBins(
      column([.text("a"), .text("b"), .boolean(true)]), column([.text("b"), .text("b"), .text("true")]))
    #expect(bins.names == ["a", "b", "true"])
    #expect(bins.reference == [1, 1, 1] && bins.current == [0, 2, 1])
  }

  @Test func tooManyCategoriesAlignByHash() {
    let many = (0..<5000).map { Value.text("n\($0)") }
    let bins = CommonBins(column(many), column(Array(many.prefix(2000)), .part))
    #expect(bins.isHashed && bins.names == nil)
    #expect(bins.reference.reduce(0, +) == 5000 && bins.current.reduce(0, +) == 2000)
    #expect(zip(bins.reference, bins.current).allSatisfy { $0 >= $1 })
  }

  @Test func missingShareCountsAbsentAndMarkedRecords() {
    #expect(column([.missing, .integer(1), .text("")]).missingShare(of: 4) == 0.5)
  }

  @Test(
    arguments: [
      (.missing, 1), (.boolean(true), 1), (.boolean(false), 0), (.integer(3), 2), (.integer(4), 0),
      (.text("a"), 1),
      (.text("b"), 0), (.real(3), nil),
    ] as [(Value, Int64?)])
  func valuesAreCountedByKind(value: Value, expected: Int64?) {
    let column = column([.missing, .boolean(true), .integer(3), .integer(3), .text("a"), .real(3)])
    #expect(column.count(of: value, hasher: hasher) == expected)
  }

  @Test func distinctCountsEveryKind() {
    let values: [Value] = [
      .boolean(true), .integer(1), .real(1), .real(-0.0), .real(0), .text("1"), .text("1"),
    ]
    #expect(column(values).distinctEstimate == 5)
  }
}
