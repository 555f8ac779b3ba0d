import AssayCore
import AssayPlugins
import Testing

@Suite("Two-sample statistics on exact values")
struct TwoSampleVectorTests {
  /// Every distinct value a bin of its own: what an exact profile of integers gives.
  static func exactCounts(_ reference: [Double], _ current: [Double]) -> ComparisonCounts {
    let values = Set(reference + current).sorted()
    func counts(_ numbers: [Double]) -> [Int64] {
      let occurrences = Dictionary(numbers.map { ($0, Int64(1)) }, uniquingKeysWith: +)
      return values.map { occurrences[$0] ?? 0 }
    }
    return ComparisonCounts(
      reference: counts(reference), current: counts(current),
      edges: values + [(values.last ?? 0) + 1], centers: values)
  }

  @Test(arguments: [
    ("ks", "org.assay.ks", 1e-12), ("cvm_T", "org.assay.cvm", 1e-11), ("w1", "org.assay.wasserstein", 1e-12),
  ])
  func exactBinsGiveTheExactStatistic(name: String, comparator: String, tolerance: Double) throws {
    // With ties the vectors' T is made of midranks; the binned criterion, which `divergences_counts` pins, is another.
    let cases = try Vectors.cases("numeric_two_sample").filter {
      name != "cvm_T" || $0["name"]?.string != "ints"
    }
    #expect(cases.count == (name == "cvm_T" ? 2 : 3))
    for vector in cases {
      let counts = Self.exactCounts(vector.numbers("reference"), vector.numbers("current"))
      let expected = try vector.number(name)
      let found = try FirstParty.statistics(comparator, counts)
      #expect(
        found.count == 1 && agree(found[0], expected, within: tolerance),
        "\(vector["name"]?.string ?? "?"): \(found), expected \(expected)")
    }
  }

  /// The halves of the reference are further apart than a number can say, and half of the records change sides.
  @Test(arguments: [("org.assay.wasserstein", 1.5e308), ("org.assay.wasserstein-iqr", 0.5)])
  func valuesNearTheLargestNumberHaveADistance(comparator: String, expected: Double) throws {
    let counts = Self.exactCounts(
      (0..<40).map { $0 % 2 == 0 ? -1.5e308 : 1.5e308 }, [Double](repeating: 1.5e308, count: 40))
    #expect(try FirstParty.statistics(comparator, counts) == [expected])
  }

  /// The sketches' own path: values into two columns, common buckets out.
  static func sketched(_ vector: JSONValue, asIntegers: Bool) throws -> ComparisonCounts {
    func column(_ name: String) -> ColumnProfile {
      var column = ColumnProfile(scale: .whole)
      for number in vector.numbers(name) {
        column.observe(
          asIntegers ? .integer(Int64(number)) : .real(number), hasher: Profile().hasher)
      }
      return column
    }
    let (reference, current) = (column("reference"), column("current"))
    let feature = ComparedFeature(
      name: "x", form: .ordered(try #require(reference.numbers), try #require(current.numbers)),
      reference: reference, current: current, referenceRecords: reference.presentCount,
      currentRecords: current.presentCount)
    let counts = try #require(feature.counts(bins: 0))
    return ComparisonCounts(
      reference: counts.reference, current: counts.current, edges: counts.edges, centers: counts.centers)
  }

  @Test(arguments: [("ks", "org.assay.ks"), ("w1", "org.assay.wasserstein")])
  func aProfileOfIntegersGivesTheExactStatistic(name: String, comparator: String) throws {
    let vector = try #require(try Vectors.cases("numeric_two_sample").first { $0["name"]?.string == "ints" })
    let found = try FirstParty.statistics(comparator, try Self.sketched(vector, asIntegers: true))
    #expect(agree(found[0], try vector.number(name)))
  }

  /// Continuous values share buckets 1/64 of an octave wide: KS loses at most the largest bucket's share.
  @Test(arguments: ["normal", "skew"])
  func aProfileOfRealsGivesKSWithinABucket(name: String) throws {
    let vector = try #require(try Vectors.cases("numeric_two_sample").first { $0["name"]?.string == name })
    let found = try FirstParty.statistics("org.assay.ks", try Self.sketched(vector, asIntegers: false))
    #expect(abs(found[0] - (try vector.number("ks"))) <= 0.03)
  }

  /// Each value moves by at most half a bucket: W1 by at most 2^-7 of the mean magnitude on both sides.
  @Test(arguments: ["normal", "skew"])
  func aProfileOfRealsGivesW1WithinHalfABucket(name: String) throws {
    let vector = try #require(try Vectors.cases("numeric_two_sample").first { $0["name"]?.string == name })
    func meanMagnitude(_ side: String) -> Double {
      let numbers = vector.numbers(side)
      return numbers.reduce(0) { $0 + abs($1) } / Double(numbers.count)
    }
    let found = try FirstParty.statistics(
      "org.assay.wasserstein", try Self.sketched(vector, asIntegers: false))
    let bound = (meanMagnitude("reference") + meanMagnitude("current")) / 128
    #expect(abs(found[0] - (try vector.number("w1"))) <= bound)
  }
}
