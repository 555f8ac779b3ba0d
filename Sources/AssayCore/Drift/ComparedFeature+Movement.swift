extension ComparedFeature {
  /// What moved and how, in the feature's own unit: `mean 118 -> 149`. One line, whatever the values are.
  package var movement: String {
    switch form {
    case .ordered(let left, let right): numbers(left, right)
    case .histogram(let left, let right): Self.move("mean", Self.mean(left), Self.mean(right)) + unitText
    case .jointHistogram(let left, let right): Self.jointMove(left, right)
    case .categories: largestMove
    case .tally(let tally): Self.move(of: tally, aspect)
    case .presence: presenceMove
    case .vectors(let vectors): vectors.movement
    case .incomparable(let why): why
    }
  }

  /// What stands behind numbers: ` bytes`; empty for a pure number.
  private var unitText: String { unit.isEmpty ? "" : " \(unit)" }

  static func move(_ what: String, _ before: Double?, _ after: Double?) -> String {
    "\(what) \(told(before)) -> \(told(after))"
  }

  /// A sum of very large numbers can be beyond all of them.
  private static func told(_ number: Double?) -> String {
    number.map { $0.isFinite ? DisplayNumber.text($0) : "out of range" } ?? "none"
  }

  private static func mean(_ counts: [Int64]) -> Double? {
    let total = counts.reduce(0, &+)
    guard total > 0 else { return nil }
    // A bin of a part holds four code values; their middle stands for them.
    let width = Double(256 / counts.count)
    let sum = counts.enumerated().reduce(0) { sum, bin in
      sum + (Double(bin.offset) * width + (width - 1) / 2) * Double(bin.element)
    }
    return sum / Double(total)
  }

  /// The pair of levels whose share moved most.
  private static func jointMove(_ left: [Int64], _ right: [Int64]) -> String {
    let levels = min(left.count, right.count) == 256 ? 16 : 8
    let step = 256 / levels
    let names = (0..<levels * levels).map {
      "red \($0 / levels * step)+ with blue \($0 % levels * step)+"
    }
    let tally = Tally(
      names: names, reference: folded(joint: left, levels: levels),
      current: folded(joint: right, levels: levels))
    return largest(tally, (left.reduce(0, &+), right.reduce(0, &+)))
  }

  // MARK: Numbers

  /// The mean where it moved; else the spread, or the tail that did.
  private func numbers(_ left: NumericDistribution, _ right: NumericDistribution) -> String {
    if left.minimum == left.maximum || right.minimum == right.maximum {
      return "\(Self.span(left)) -> \(Self.span(right))\(unitText)"
    }
    let (before, after) = (reference.mean ?? 0, current.mean ?? 0)
    let spreads = ((reference.variance ?? 0).squareRoot(), (current.variance ?? 0).squareRoot())
    if abs(after - before) >= 0.1 * max(spreads.0, spreads.1) {
      return Self.move("mean", before, after) + unitText
    }
    if max(spreads.0, spreads.1) > 1.1 * min(spreads.0, spreads.1) {
      return Self.move("sd", spreads.0, spreads.1) + " around \(DisplayNumber.text(before))\(unitText)"
    }
    return (quantileMove(left, right) ?? Self.move("mean", before, after)) + unitText
  }

  /// `always 5`, or `3 to 9`.
  private static func span(_ numbers: NumericDistribution) -> String {
    numbers.minimum == numbers.maximum
      ? "always \(DisplayNumber.text(numbers.minimum))"
      : "\(DisplayNumber.text(numbers.minimum)) to \(DisplayNumber.text(numbers.maximum))"
  }

  /// The customary quantile that moved most; nil if none did.
  private func quantileMove(_ left: NumericDistribution, _ right: NumericDistribution) -> String? {
    let moves = [("p5", 0.05), ("median", 0.5), ("p95", 0.95)].compactMap { name, q in
      left.quantile(q).flatMap { before in right.quantile(q).map { (name, before, $0) } }
    }
    let largest = moves.max { abs($0.2 - $0.1) < abs($1.2 - $1.1) }
    return largest.flatMap { $0.1 == $0.2 ? nil : Self.move($0.0, $0.1, $0.2) }
  }

  // MARK: Shares

  /// The category whose share moved most.
  private var largestMove: String {
    guard let left = reference.categoryCounts, let right = current.categoryCounts else {
      return Self.move("distinct about", reference.distinctEstimate, current.distinctEstimate)
    }
    let before = Dictionary(left.map { ($0.name, $0.count) }, uniquingKeysWith: &+)
    let after = Dictionary(right.map { ($0.name, $0.count) }, uniquingKeysWith: &+)
    let names = Set(before.keys).union(after.keys).sorted()
    return Self.largest(
      Tally(names: names, reference: names.map { before[$0] ?? 0 }, current: names.map { after[$0] ?? 0 }),
      (referenceRecords, currentRecords))
  }

  private static func move(of tally: Tally, _ aspect: Aspect) -> String {
    let totals = (tally.reference.reduce(0, &+), tally.current.reduce(0, &+))
    guard aspect == .kinds else { return largest(tally, totals) }
    // Of kinds, what went and what came instead.
    let moves = moves(tally, totals)
    let lost = moves.filter { $0.after < $0.before }.max { $0.before - $0.after < $1.before - $1.after }
    let gained = moves.filter { $0.after > $0.before }.max { $0.after - $0.before < $1.after - $1.before }
    let told = [lost, gained].compactMap { $0 }
    return told.isEmpty ? "same kinds of values" : told.map(text).joined(separator: ", ")
  }

  /// The shares of one name on both sides.
  private typealias Move = (name: String, before: Double, after: Double)

  private static func moves(_ tally: Tally, _ totals: (Int64, Int64)) -> [Move] {
    tally.names.indices.map { index in
      (tally.names[index], share(tally.reference[index], totals.0), share(tally.current[index], totals.1))
    }
  }

  static func largest(_ tally: Tally, _ totals: (Int64, Int64)) -> String {
    // Of equals the first by name, so that a report is the same everywhere.
    let largest = moves(tally, totals).max {
      (abs($0.after - $0.before), $1.name) < (abs($1.after - $1.before), $0.name)
    }
    return largest.map(text) ?? "no values"
  }

  private static func text(_ move: Move) -> String {
    "\(DisplayText.name(move.name)): \(share(move.before, move.after))"
  }

  private var presenceMove: String {
    let (before, after) = (
      Self.share(presentCounts.reference, referenceRecords), Self.share(presentCounts.current, currentRecords)
    )
    return "present in \(Self.share(before, after))"
  }

  private static func share(_ before: Double, _ after: Double) -> String {
    "\(DisplayNumber.percent(before)) -> \(DisplayNumber.percent(after))"
  }

  private static func share(_ count: Int64, _ whole: Int64) -> Double {
    whole > 0 ? Double(count) / Double(whole) : 0
  }
}
