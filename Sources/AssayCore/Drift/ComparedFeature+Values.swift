extension ComparedFeature {
  /// What most values of a column are, and so how the column is compared.
  private enum ValueClass: String {
    case numbers, words, instants, vectors
  }

  /// The views of a column's values: by what most of them are, and of which kinds they are if there are several.
  var valueViews: [ComparedFeature] {
    guard reference.privacy == nil, current.privacy == nil, reference.presentCount > 0,
      current.presentCount > 0
    else { return [] }
    return kinds + values
  }

  private var values: [ComparedFeature] {
    let (before, after) = (Self.valueClass(reference), Self.valueClass(current))
    guard before == after else { return [view(.incomparable("\(before.rawValue) became \(after.rawValue)"))] }
    switch before {
    case .numbers: return [view(Self.orderedForm(reference, current))]
    case .instants: return instants
    case .words: return [isNearlyUnique ? lengths : view(.categories)]
    case .vectors: return [view(.incomparable("vectors are compared in whole sets only"))]
    }
  }

  private func view(_ form: Form, _ aspect: Aspect = .values) -> ComparedFeature {
    var feature = self
    feature.form = form
    feature.aspect = aspect
    return feature
  }

  private static func valueClass(_ column: ColumnProfile) -> ValueClass {
    let counts: [(ValueClass, Int64)] = [
      (.numbers, (column.integers?.count ?? 0) &+ (column.reals?.count ?? 0)),
      (.words, (column.texts?.count ?? 0) &+ column.falseCount &+ column.trueCount),
      (.instants, column.timestamps?.count ?? 0), (.vectors, column.opaqueCount),
    ]
    // The first of equals, so that the answer depends on the counts alone.
    return counts.reduce(counts[0]) { $1.1 > $0.1 ? $1 : $0 }.0
  }

  /// Shares of the kinds of values; nothing where all are of one kind. Infinities and NaN are kinds of their own.
  private var kinds: [ComparedFeature] {
    let all = zip(Self.kinds(reference), Self.kinds(current)).filter { $0.0.count &+ $0.1.count > 0 }
    guard all.count > 1 else { return [] }
    let tally = Tally(names: all.map(\.0.name), reference: all.map(\.0.count), current: all.map(\.1.count))
    return [view(.tally(tally), .kinds)]
  }

  /// How many values of a column are of each kind.
  static func kinds(_ column: ColumnProfile) -> [(name: String, count: Int64)] {
    let numbers = column.numbers
    let infinite = (numbers?.negativeInfinityCount ?? 0) &+ (numbers?.positiveInfinityCount ?? 0)
    return [
      ("number", column.finiteCount), ("infinite", infinite), ("NaN", numbers?.nanCount ?? 0),
      ("flag", column.falseCount &+ column.trueCount), ("instant", column.timestamps?.count ?? 0),
      ("text", column.texts?.count ?? 0), ("vector", column.opaqueCount),
    ]
  }

  private var instants: [ComparedFeature] {
    guard let left = reference.timestamps, let right = current.timestamps else { return [] }
    var views: [ComparedFeature] = []
    if left.holdsDay, right.holdsDay {
      views.append(
        view(.tally(Tally(names: Self.hours, reference: left.hours, current: right.hours)), .hours))
    }
    if left.holdsWeek, right.holdsWeek {
      views.append(
        view(.tally(Tally(names: Self.days, reference: left.weekdays, current: right.weekdays)), .weekdays))
    }
    return views
  }

  static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static let hours = (0..<24).map { $0 < 10 ? "0\($0)h" : "\($0)h" }

  /// More than half of the values occur once or so: names of single records, where every new one is a new category.
  private var isNearlyUnique: Bool {
    let distinct = (reference.distinctEstimate ?? 0) + (current.distinctEstimate ?? 0)
    return distinct > 60 && distinct > 0.5 * Double(reference.presentCount &+ current.presentCount)
  }

  /// What can be compared of names that occur once: how long they are.
  private var lengths: ComparedFeature {
    guard let left = reference.textLengths, let right = current.textLengths else { return view(.categories) }
    var feature = view(Self.orderedForm(left, right), .lengths)
    (feature.reference, feature.current) = (left, right)
    feature.unit = "bytes"
    feature.note = "nearly every value is unique: lengths are compared"
    return feature
  }
}
