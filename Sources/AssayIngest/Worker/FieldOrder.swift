import AssayCore

/// The order of a record's fields by the bytes of their names, which Swift's own order is not: that takes canonically
/// equivalent names for equal.
///
/// The rows of a table have the same names one after the other: what was found for one holds for the next.
final class FieldOrder {
  private var names: [String] = []
  private var places: [Int] = []

  /// The places of the fields, in order.
  func places(of fields: [FieldObservation]) -> [Int] {
    let isKnown =
      fields.count == names.count
      && names.indices.allSatisfy { ExactText.areEqual(fields[$0].name, names[$0]) }
    if isKnown { return places }
    names = fields.map(\.name)
    places = fields.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    return places
  }
}
