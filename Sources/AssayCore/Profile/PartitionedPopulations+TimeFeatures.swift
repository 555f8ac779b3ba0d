extension PartitionedPopulations {
  /// Fields, by the full names of their features, whose values all lie within the window of their record, over two windows
  /// at least: the one that windows are cut by, which a profile does not name, and what goes with it. Of private fields
  /// nothing is known.
  package var timeFeatures: Set<String> {
    let windows = byStart
    guard let first = windows.first, windows.count > 1 else { return [] }
    var names = first.population.fields.sorted.map(\.name)
    for (start, population) in windows {
      let span = Double(start)..<Double(start &+ windowSeconds)
      names = names.filter {
        population.fields[$0]?.isWithin(span, in: population.recordCount) ?? false
      }
    }
    return Set(names.map { FeatureReference.field($0).fullName })
  }

  /// Whether both are cut into windows, by fields that are seen to be others.
  package func isOfAnotherTime(than other: PartitionedPopulations) -> Bool {
    let (mine, theirs) = (timeFeatures, other.timeFeatures)
    return !mine.isEmpty && !theirs.isEmpty && mine.isDisjoint(with: theirs)
  }
}

extension ColumnProfile {
  /// Whether each of so many records has an instant or a number here, from the first second of the span to before its end.
  fileprivate func isWithin(_ span: Range<Double>, in recordCount: Int64) -> Bool {
    let instants = timestamps?.count ?? 0
    guard privacy == nil, presentCount == recordCount, instants &+ finiteCount == recordCount else {
      return false
    }
    if let timestamps, instants > 0,
      !span.contains(Double(timestamps.minimum)) || !span.contains(Double(timestamps.maximum))
    {
      return false
    }
    return bounds.map { span.contains($0.lowerBound) && span.contains($0.upperBound) } ?? true
  }
}
