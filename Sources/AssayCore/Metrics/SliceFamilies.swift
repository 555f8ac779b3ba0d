/// What is counted of every slice of a set, by the declarations that the slices are of.
///
/// *Merge law*: element by element. Of a slice by value those names are kept that have the smallest hashes, which is a
/// function of the names alone; a kept one is complete.
package struct SliceFamilies<Element: Sendable>: Sendable {
  /// The slices of one declaration.
  private struct Family: Sendable {
    var declaration: SliceDeclaration
    var slices: SmallestKeys<Element>
    /// Whether there are more slices than are kept.
    var isPartial = false
  }

  private var families: [Family]
  private let hasher = SipHash()

  /// No slice yet.
  package init(_ declarations: [SliceDeclaration]) {
    families = declarations.map { Family(declaration: $0, slices: SmallestKeys(limit: $0.maxSlices)) }
  }

  /// Whether no slices are declared.
  package var isEmpty: Bool { families.isEmpty }

  /// Changes what is counted of the slices, made by `make` where they are new. Names that are of no declaration, or that
  /// are not to be kept, are passed over.
  package mutating func update(
    _ names: [String], make: () -> Element, _ change: (String, inout Element) throws -> Void
  ) rethrows {
    for name in names {
      guard let index = families.firstIndex(where: { $0.declaration.names(name) }) else { continue }
      try update(index, name, make) { try change(name, &$0) }
    }
  }

  private mutating func update(
    _ family: Int, _ name: String, _ make: () -> Element, _ change: (inout Element) throws -> Void
  ) rethrows {
    var isDropped = false
    let isKept = try families[family].slices.update(
      name, hasher: hasher, make: make, evict: { _ in isDropped = true }, change)
    if isDropped || !isKept { families[family].isPartial = true }
  }

  /// Adds what was counted of other records by the same declarations.
  package mutating func merge(
    _ other: SliceFamilies, make: () -> Element, _ add: (inout Element, Element) -> Void
  ) {
    precondition(families.count == other.families.count, "slices of one schema")
    for (index, family) in other.families.enumerated() {
      for (name, element) in family.slices.sorted { update(index, name, make) { add(&$0, element) } }
      if family.isPartial { families[index].isPartial = true }
    }
  }

  /// One metric of the set and of the slices: `whole`, and what `tally` makes of each.
  package func counts(whole: MetricTally, _ tally: (Element) -> MetricTally) -> MetricCounts {
    var counts = MetricCounts(whole: whole)
    for family in families {
      counts.slices += family.slices.sorted.map {
        MetricCounts.Slice(name: $0.name, tally: tally($0.element), minRecords: family.declaration.minRecords)
      }
      if family.isPartial { counts.partial.append(family.declaration.name) }
    }
    return counts
  }
}

extension SliceDeclaration {
  /// Whether a record's slice of that name is one of this declaration.
  fileprivate func names(_ slice: String) -> Bool {
    switch membership {
    case .condition: slice == name
    case .value: slice.hasPrefix("\(name)=")
    }
  }
}
