/// How many current records the reference has too, in one respect.
package struct OverlapFinding: Sendable, Hashable {
  package enum Answer: Sendable, Hashable {
    /// So many current records, counted one by one.
    case counted(Int)
    /// From samples of both: it informs, and decides no rule.
    case estimated(OverlapEstimate)
    /// Why nothing is known.
    case unknown(String)
  }

  package var kind: OverlapKind
  package var answer: Answer
  /// Current records in all.
  package var whole: Int
  /// What the answer leaves out, in words.
  package var remarks: [String] = []
  /// The pairs whose current record has the smallest keys.
  package var examples: [OverlapExample] = []

  package init(_ kind: OverlapKind, _ answer: Answer, of whole: Int) {
    self.kind = kind
    self.answer = answer
    self.whole = whole
  }

  /// The number of records; nil unless they were counted.
  package var count: Int? { if case .counted(let count) = answer { count } else { nil } }

  /// Whether it is certain that the two sets share something.
  package var isCertain: Bool {
    switch answer {
    case .counted(let count): count > 0
    case .estimated(let estimate): estimate.seen > 0
    case .unknown: false
    }
  }

  /// What was found, in one line.
  package var text: String {
    switch answer {
    case .counted(let count): "\(count) of \(whole) current records \(kind.predicate)"
    case .estimated(let estimate): "\(estimate)"
    case .unknown(let reason): "\(kind.word)\(kind.field.map { " \($0)" } ?? ""): not known: \(reason)"
    }
  }
}

/// A current record, and one of the reference that it has something in common with.
package struct OverlapExample: Sendable, Hashable {
  package var current: Locator
  /// Nil where an index stands for the reference: it keeps no names.
  package var reference: Locator?
  /// What else is to be said: `2 bits apart`; empty for nothing.
  package var note: String

  package init(current: Locator, reference: Locator?, note: String) {
    self.current = current
    self.reference = reference
    self.note = note
  }
}
