package import AssayCore

/// What a profile holds, for people: `assay show`.
package struct ProfileSummary {
  private let name: String
  private let profile: Profile

  /// The profile under the name its reader knows it by.
  package init(_ profile: Profile, name: String) {
    self.profile = profile
    self.name = name
  }

  /// The summary as lines of text.
  package func text() -> String {
    var page = TextPage()
    page.line("\(name): \(counted(profile.recordCount, "record"))")
    page.line("  fingerprint  \(profile.fingerprint.text)")
    page.line("  decoder      \(profile.configuration.decoderSignature)")
    page.line("  duplicates   \(duplicates)")
    for image in profile.whole.images.sorted { add(image.element, of: image.name, &page) }
    let fields = profile.whole.fields.sorted.map { ("field.\($0.name)", $0.element) }
    add("fields", fields, of: profile.recordCount, &page)
    let measurements = profile.whole.measurements.sorted.map { ($0.name, $0.element) }
    add("measurements", measurements, of: profile.recordCount, &page)
    addParts(&page)
    return page.text
  }

  private var duplicates: String {
    let number = DisplayNumber.text(profile.duplicateEstimate.rounded())
    return profile.contents.isExact ? number : "about \(number)"
  }

  private func add(_ image: ImageProfile, of name: String, _ page: inout TextPage) {
    let outcomes = DecodeOutcome.allCases.filter { image.count($0) > 0 }.map {
      "\(image.count($0)) \($0.name)"
    }
    page.line("")
    page.line("image \"\(name)\": \(outcomes.joined(separator: ", "))")
    for reason in image.reasons.sorted { page.line("  \(reason.name.padded(to: 24)) \(reason.element)") }
    let columns = zip(profile.features, image.columns).filter { $0.0.kind != .identity }
    add(nil, columns.map { ("\(name).\($0.0.name)", $0.1) }, of: image.count, &page)
  }

  private func add(
    _ title: String?, _ columns: [(name: String, column: ColumnProfile)], of count: Int64,
    _ page: inout TextPage
  ) {
    let seen = columns.filter { !$0.column.isEmpty && $0.column.missingCount < count }
    guard !seen.isEmpty else { return }
    if let title {
      page.line("")
      page.line(title)
    }
    let width = min(40, seen.map(\.name.count).max() ?? 0)
    for (name, column) in seen { page.line("  \(name.padded(to: width))  \(column.summary(of: count))") }
  }

  private func addParts(_ page: inout TextPage) {
    let slices = profile.slices.sorted.map { ("slice \($0.name)", $0.element.recordCount) }
    let groups = profile.parts.byGroup.map { ("group \($0.name)", $0.population.recordCount) }
    let windows = profile.parts.byStart.map {
      ("window from \(Timestamp(seconds: $0.start))", $0.population.recordCount)
    }
    let parts = slices + groups + windows
    guard !parts.isEmpty else { return }
    page.line("")
    page.line("parts")
    for (name, count) in parts { page.line("  \(name.padded(to: 40))  \(count)") }
  }
}
