import AssayCore
import AssayTestSupport
import Testing

struct CategoryCountsTests {
  private let hasher = SipHash()

  private func counts(_ names: [String], _ scale: SketchScale = .whole) -> CategoryCounts {
    var counts = CategoryCounts(scale: scale)
    for name in names { counts.observe(name, hash: hasher.hash(text: name)) }
    return counts
  }

  @Test func canonicallyEquivalentNamesAreCountedApart() {
    let found = counts(["\u{e9}", "e\u{301}", "\u{e9}"]).byName?.map(\.count)
    #expect(found == [1, 2])
  }

  @Test func oneNameTooManyTurnsNamesIntoBins() {
    let names = (0..<4097).map { "n\($0)" }
    #expect(counts(Array(names.dropLast())).byName?.count == 4096)
    #expect(counts(names).byName == nil)
  }

  @Test func binsHoldEveryCount() {
    let names = (0..<5000).map { "n\($0)" }
    #expect(counts(names).asBins.reduce(0, +) == 5000)
  }

  @Test func binsOfNamesEqualBinsOfBins() {
    let names = (0..<4096).map { "n\($0)" }
    #expect(zip(counts(names + ["x"]).asBins, counts(names).asBins).map { $0 - $1 }.reduce(0, +) == 1)
  }

  @Test func countMinNeverUndercounts() {
    let names = (0..<20_000).map { "n\($0 % 6000 * ($0 % 7))" }
    let truth = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    let counted = counts(names)
    #expect(truth.allSatisfy { counted.count(of: $0.key, hash: hasher.hash(text: $0.key)) ?? 0 >= $0.value })
  }

  /// The guarantee of Cormode and Muthukrishnan: e / width of the total, here for a sample of names.
  @Test func countMinOvercountsLittle() {
    let names = (0..<50_000).map { "n\($0 % 6000)" }
    let counted = counts(names)
    let worst = (0..<200).map { (counted.count(of: "n\($0)", hash: hasher.hash(text: "n\($0)")) ?? .max) - 8 }
      .max()
    #expect(worst ?? .max <= Int64(2.72 / 4096 * 50_000) + 1)
  }
}
