import AssayCore

extension InferenceWriter {
  /// One block for each field that ever has a value.
  mutating func writeFields(_ facts: some InferenceFacts) {
    let columns = facts.fieldNames.compactMap { name in facts.column(.field(name)).map { (name, $0) } }
    guard !columns.isEmpty else { return }
    line("fields:")
    for (name, column) in columns { writeField(name, column) }
  }

  private mutating func writeField(_ name: String, _ column: ColumnFacts) {
    guard column.present > 0, let type = column.type else {
      let reason = column.present == 0 ? "never has a value" : "has values of several types"
      line("  \(YAMLTree.quoted(name)): {}", review: reason)
      return
    }
    line("  \(YAMLTree.quoted(name)):")
    writePresence(column)
    if let mask = column.mask {
      line("    type: string")
      line(
        "    privacy: {masked: \(mask.rawValue)}",
        review: "all values look like \(mask.rawValue); is it a person's?")
      return
    }
    let allow = InferenceMargin.share(seen: 0, of: column.present)
    line("    type: {value: \(type.rawValue), allow: \(allow)}")
    if column.hasPersonalData {
      review("personal data was seen; say privacy: dropped, no_pii or {masked: sha256}", indent: 4)
      return
    }
    switch type {
    case .integer, .number: writeNumbers(type, column)
    case .string: writeTexts(column)
    case .boolean, .timestamp: break
    }
  }

  private mutating func writePresence(_ column: ColumnFacts) {
    let count = column.present + column.missing
    let allow = InferenceMargin.share(seen: column.missing, of: count)
    if column.missing == 0 {
      line("    required: {allow: \(allow)}", seen: "present in all \(count)")
    } else if column.present * 4 >= count, allow != "100%" {
      line("    required: {allow: \(allow)}", review: "missing in \(column.missing) of \(count)")
    } else {
      review("missing in \(column.missing) of \(count), and therefore not required", indent: 4)
    }
  }

  private mutating func writeNumbers(_ type: FieldType, _ column: ColumnFacts) {
    if type == .integer, let categories = column.categories, categories.count <= 20,
      isClosed(categories, of: column.present)
    {
      return writeValues(categories, column)
    }
    if type == .integer, let distinct = column.distinct, distinct > 0.9 * Double(column.present) {
      return review("nearly every value is another: an id? say unique: true if so", indent: 4)
    }
    guard let low = column.min, let high = column.max else { return }
    let limits = (low >= 0 ? 0 : -Double.greatestFiniteMagnitude)...Double.greatestFiniteMagnitude
    var bounds = InferenceMargin.bounds(low, high, median: column.median, within: limits)
    if low >= 0, high <= 1, type == .number { bounds = (0, 1) }
    if type == .integer { bounds = (bounds.low.rounded(.down), bounds.high.rounded(.up)) }
    let allow = InferenceMargin.share(seen: 0, of: column.present)
    line("    min: {value: \(rounded(bounds.low)), allow: \(allow)}", seen: "\(rounded(low)) was the least")
    line(
      "    max: {value: \(rounded(bounds.high)), allow: \(allow)}", seen: "\(rounded(high)) was the greatest")
  }

  private mutating func writeTexts(_ column: ColumnFacts) {
    guard let categories = column.categories, isClosed(categories, of: column.present) else {
      if let distinct = column.distinct, distinct > 0.99 * Double(column.present), column.present > 20 {
        review("nearly every value is another: an id? say unique: true if so", indent: 4)
      }
      return
    }
    writeValues(categories, column)
  }

  private mutating func writeValues(_ categories: [String: Int], _ column: ColumnFacts) {
    let rare = singletons(categories)
    let allow = InferenceMargin.share(
      seen: rare, of: column.present, unseen: InferenceMargin.unseenCategories)
    let values = InferenceWriter.list(categories.keys.sorted())
    let text = "    values: {values: \(values), allow: \(allow)}"
    if rare > 0 {
      line(text, review: "\(rare) of them were seen once: misspelled? \(counts(categories))")
    } else {
      line(text, seen: counts(categories))
    }
  }

  /// Bounds on the set.
  mutating func writeRecords(_ facts: some InferenceFacts) {
    line("records:")
    line("  count: {min: 1}", review: "this set has \(facts.recordCount); how few are too few?")
    let classes: [RecordClass] = [.corrupt, .unsupported, .refused, .duplicates]
    for kind in classes {
      guard let share = facts.count(of: kind), share.whole > 0 else { continue }
      if !facts.hasImages, kind != .duplicates { continue }
      let unseen = kind == .duplicates ? InferenceMargin.unseenCopies : InferenceMargin.unseen
      let most = InferenceMargin.share(seen: share.part, of: share.whole, unseen: unseen)
      let text = "  \(kind.rawValue): {max: \(most)}"
      if share.part > 0 {
        line(text, review: "\(share.part) of \(share.whole) are")
      } else {
        line(text, seen: "none of \(share.whole) is")
      }
    }
  }
}
