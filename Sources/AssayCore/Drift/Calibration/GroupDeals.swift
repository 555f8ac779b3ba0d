/// Groups of both sets dealt out anew: where the current set is so many more groups of the kind that the reference has,
/// every way to deal all of them to two sides is as likely as the one that was observed.
///
/// A set of eight sessions lies closer to the reference than one session does, so among single groups it never looks odd;
/// among sets of eight it does. *Source*: the permutation of whole clusters; Gail et al. 1996, Statistics
/// in Medicine 15:1069.
package struct GroupDeals: Sendable {
  /// The groups of the reference, then those of the current set.
  package let parts: [Population]
  /// How many of `parts` are the reference's.
  package let referenceCount: Int
  /// The groups that are the current set, in each deal.
  package let draws: [[Int]]

  /// The most of the current set that may be in no group: what is dealt to nobody cannot be seen to have moved.
  private static let mostLoose = 0.05

  /// Nil where the current set is not cut as the reference is, is one group, or is in good part in none.
  init?(_ populations: [Population], _ reference: Profile, _ current: Profile) {
    let own = current.parts.populations
    let loose = current.recordCount &- own.reduce(0) { $0 &+ $1.recordCount }
    guard own.count > 1, reference.parts.isCut(as: current.parts),
      Double(loose) <= Self.mostLoose * Double(current.recordCount)
    else { return nil }
    parts = populations + own
    referenceCount = populations.count
    var generator = ResampleGenerator(reference.fingerprint, current.fingerprint, question: "groups")
    draws = Self.draws(of: own.count, from: parts.count, &generator)
  }

  private static func draws(of dealt: Int, from count: Int, _ generator: inout ResampleGenerator) -> [[Int]] {
    var order = Array(0..<count)
    return (0..<PermutationTest.secondDraws).map { _ in
      for place in 0..<dealt {
        order.swapAt(place, place + Int(generator.next(below: UInt64(count - place))))
      }
      return Array(order[0..<dealt])
    }
  }
}

extension PartitionedPopulations {
  /// Groups by value or windows by time, ascending.
  var populations: [Population] {
    switch partition {
    case .none: []
    case .groups: byGroup.map(\.population)
    case .windows: byStart.map(\.population)
    }
  }

  /// Whether parts of the two are of one kind: of the same field, or of the same width and not seen to be of other times.
  func isCut(as other: PartitionedPopulations) -> Bool {
    switch (partition, other.partition) {
    case (.groups(let mine), .groups(let theirs)): mine == theirs
    case (.windows, .windows): windowSeconds == other.windowSeconds && !isOfAnotherTime(than: other)
    case (.none, _), (.groups, _), (.windows, _): false
    }
  }
}
