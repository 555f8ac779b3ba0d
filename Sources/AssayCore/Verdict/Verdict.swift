/// The answer of a run.
package enum Verdict: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case pass, warn, fail

  package var name: String { String(describing: self) }

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }
}
