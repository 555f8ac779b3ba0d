/// The stratum of every sampled record of two sets.
package struct StrataNames: Sendable {
  package let reference: [String]
  package let current: [String]

  /// The most strata, and the fewest records of both sides that make one; the others are one together.
  private static let most = 32
  private static let leastRecords = 20

  /// Nil where a side has no value of the feature at all: then there are no strata, and nothing to tell apart.
  package init?(_ reference: [Value], _ current: [Value]) {
    let sides = [reference, current]
    guard sides.allSatisfy({ $0.contains { !$0.isMissing } }) else { return nil }
    var counts: [String: Int] = [:]
    for value in sides.joined() { counts[Self.name(value), default: 0] += 1 }
    let large = counts.filter { $0.value >= Self.leastRecords }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.most - 1).map(\.key)
    let kept = Set(large)
    func names(_ values: [Value]) -> [String] {
      values.map { value in
        let name = Self.name(value)
        return kept.contains(name) ? name : "(others)"
      }
    }
    self.reference = names(reference)
    self.current = names(current)
  }

  private static func name(_ value: Value) -> String { value.isMissing ? "(none)" : value.canonicalText }
}
