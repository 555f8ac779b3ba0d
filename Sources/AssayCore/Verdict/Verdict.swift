/// What is said of one rule, and in the end of the set.
package enum Verdict: String, Sendable, Hashable, Codable, Comparable, CaseIterable {
  case pass, warn, fail

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .pass: 0
    case .warn: 1
    case .fail: 2
    }
  }
}
