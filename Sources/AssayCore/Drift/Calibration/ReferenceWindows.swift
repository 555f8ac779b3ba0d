/// The groups or windows of a reference that a current set can be ranked among.
package struct ReferenceWindows: Sendable {
  /// What the reference is cut into, in words: `group` and `by camera`, `window` and `of 3600 s`.
  private let noun: String
  private let rest: String
  /// Those with enough records, in the order of the profile.
  package let populations: [Population]
  /// How many the profile keeps, small ones included.
  package let keptCount: Int
  /// How many a rate of false alarms needs: the first rank among G + 1 has a chance of 1 / (G + 1).
  package let neededCount: Int

  /// Groups dealt out anew, where the current set has groups of its own.
  package let deals: GroupDeals?

  /// Nil where the reference is not cut.
  package init?(_ reference: Profile, _ current: Profile, alpha: Double) {
    switch reference.parts.partition {
    case .none: return nil
    case .groups(let name): (noun, rest) = ("group", "by \(name)")
    case .windows: (noun, rest) = ("window", "of \(reference.parts.windowSeconds) s")
    }
    let all = reference.parts.populations
    keptCount = all.count
    populations = all.filter { $0.recordCount >= DriftFamily.leastRecords }
    neededCount = max(Self.least, Int((1 / alpha - 1e-9).rounded(.up)) - 1)
    // Small groups too: what is not dealt on one side must not be dealt on the other.
    deals = GroupDeals(all, reference, current)
  }

  /// What the reference is cut into: `groups by camera`, `windows of 3600 s`.
  package var kind: String { "\(noun)s \(rest)" }

  /// The parts whose counts are asked for: the reference's, and the current set's own where there are deals.
  package var parts: [Population] { deals?.parts ?? populations }

  /// Fewer than these say little of how windows differ, whatever the rate.
  package static let least = 19

  /// Whether the current set can be ranked among them.
  package var suffice: Bool { populations.count >= neededCount }
}

extension ReferenceWindows {
  /// What a comparison stands on, in a few words for its report.
  package var sentence: String {
    let small = keptCount - populations.count
    let without = small == 0 ? "" : ", \(small) more with fewer than \(DriftFamily.leastRecords) records"
    let found = "\(counted(populations.count, noun)) \(rest)\(without)"
    if suffice, let deals {
      let own = deals.parts.count - deals.referenceCount
      return "ranked among \(deals.draws.count) ways to deal out \(found), and its own \(own)"
    }
    if suffice { return "ranked among the reference's own \(found)" }
    let most =
      neededCount > PartitionedPopulations.limit
      ? "; a profile keeps \(PartitionedPopulations.limit), so the rate is out of reach" : ""
    return "the reference has \(found); \(neededCount) are needed to rank this set among them\(most)"
  }
}
