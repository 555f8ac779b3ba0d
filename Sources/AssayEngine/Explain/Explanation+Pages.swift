import AssayCore
package import AssayPlugins

extension Explanation {
  /// Everything this build can say by itself: codes, outcomes and features.
  package static let builtin: [Explanation] =
    pages(of: FindingCode.self, .finding) + pages(of: ReadingCode.self, .reading)
    + pages(of: ReasonCode.self, .reason) + pages(of: DriftCause.self, .drift)
    + DecodeOutcome.allCases.map { Explanation($0) }
    + BuiltinFeature.definitions.map { Explanation($0) }
    + ImageView.allCases.map { Explanation($0) }
    + ReportWord.allCases.map { Explanation($0) }

  private static func pages<Code: ExplainedCode>(of codes: Code.Type, _ kind: Kind) -> [Explanation] {
    codes.allCases.map { code in
      let page = code.explanation
      return Explanation(
        code.rawValue, kind, page.meaning,
        [("reads", page.reads), ("found when", page.condition), ("what to do", page.remedy)])
    }
  }

  private init(_ outcome: DecodeOutcome) {
    let judgement =
      switch outcome {
      case .ok: "The record is accepted unless a rule says otherwise."
      case .damaged, .undecodable, .crashed, .timeout:
        "The record is rejected and counts for `records.corrupt`."
      case .unsupported, .refused, .unreadable:
        "The record is rejected and counts for `records.\(outcome.name)`, not for `records.corrupt`."
      }
    self.init(
      outcome.name, .outcome, outcome.meaning,
      [("judged", judgement), ("see also", outcome == .ok ? "" : "the row's code, which says why")])
  }

  private init(_ feature: FeatureDefinition) {
    let availability =
      switch feature.origin {
      case .header: "bytes and headers: known of many broken images too"
      case .pixels: "pixels: profiles and rules take it from images that are ok only"
      }
    let written =
      "\(feature.name) or image.\(feature.name) in rules, SQL, slices and drift; \(feature.name) in rows"
    self.init(
      "image.\(feature.name)", .feature, feature.summary,
      [
        ("kind", feature.kind.rawValue), ("unit", feature.unit), ("range", feature.range),
        ("from", availability), ("written", written),
      ])
  }

  private init(_ view: ImageView) {
    self.init(
      view.name(), .view, view.meaning,
      [
        ("held against", view.calibration),
        ("written", "\(view.name()) in reports of compare and in the drift block of schemas"),
      ])
  }

  private init(_ word: ReportWord) {
    self.init(
      word.rawValue, .word, word.meaning, [("said when", word.condition), ("what to do", word.remedy)])
  }

  /// The page of a plugin, in its author's words.
  package init(_ plugin: PluginDescription) {
    var sections = [("about", plugin.summary), ("kind", plugin.kind.rawValue)]
    if let comparator = plugin.comparator { sections += Self.sections(comparator) }
    if let recordPlugin = plugin.recordPlugin { sections += Self.sections(recordPlugin) }
    sections += plugin.parameters.map { parameter in
      (
        "parameter",
        "\(parameter.name): \(parameter.summary); from \(Self.number(parameter.minimum)) to "
          + "\(Self.number(parameter.maximum)), \(Self.number(parameter.standard)) unless given."
      )
    }
    let pin = plugin.isPinned ? "pinned by its folder's index" : "not pinned"
    sections.append(("file", "\(plugin.file), sha256 \(plugin.sha256), \(pin)"))
    self.init(plugin.id, .plugin, plugin.title, sections)
  }

  private static func sections(_ plugin: RecordPluginDescription) -> [(String, String)] {
    let needs = [
      (plugin.needsPixels, "pixels"), (plugin.needsFields, "fields"), (plugin.needsFeatures, "features"),
    ].filter(\.0).map(\.1)
    let outputs = plugin.outputs.map { output in
      let unit = output.unit.isEmpty ? "" : " (\(output.unit))"
      return ("gives", "\(output.name): \(output.kind.rawValue)\(unit)")
    }
    return [("needs", needs.isEmpty ? "image sizes only" : needs.joined(separator: ", "))] + outputs
  }

  private static func sections(_ comparator: ComparatorDescription) -> [(String, String)] {
    let low = comparator.minimum.isFinite ? "[\(number(comparator.minimum))" : "(-inf"
    let high = comparator.maximum.isFinite ? "\(number(comparator.maximum))]" : "inf)"
    let orders = [
      comparator.acceptsOrdered ? "numbers" : nil, comparator.acceptsCategories ? "categories" : nil,
      comparator.acceptsPresence ? "presence" : nil,
    ]
    let threshold = comparator.standardThreshold.map { limit in
      "drift is \(comparator.largerIsDrift ? "above" : "below") \(number(limit)) unless the schema says otherwise"
    }
    return [
      ("compares", orders.compactMap { $0 }.joined(separator: " and ") + ", as \(comparator.input.rawValue)"),
      ("unit", comparator.unit), ("range", "\(low), \(high)"),
      ("threshold", threshold ?? "none: it only informs"),
      ("source", comparator.source),
    ]
  }

  private static func number(_ number: Double) -> String { DisplayNumber.text(number) }
}
