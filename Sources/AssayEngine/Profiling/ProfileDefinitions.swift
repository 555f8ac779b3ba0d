import AssayCore
import AssayIngest

extension RecordReadingPlan {
  /// A digest of all that a schema decides of what stands in a profile under which name: types and privacy of fields,
  /// slices, private images, where keys and times come from. Empty where it decides nothing.
  var definitions: String {
    var lines: [String] = []
    for field in rules.fields where field.type != nil || field.privacy != nil {
      let type = field.type.map { "\($0)" } ?? ""
      lines.append("field \(field.name)\n\(type)\n\(field.privacy.map { "\($0)" } ?? "")")
    }
    for slice in rules.slices {
      switch slice.membership {
      case .condition(let expression): lines.append("slice \(slice.name)\nwhere \(expression.text)")
      case .value(let feature): lines.append("slice \(slice.name)\nby \(feature.fullName)")
      }
    }
    lines += rules.images.filter(\.isPrivate).map { "private image \($0.name)" }
    if let idField { lines.append("key \(idField)") }
    if let timeField { lines.append("time \(timeField)") }
    guard !lines.isEmpty else { return "" }
    return Hex.encode(SipHash().hash(text: lines.sorted().joined(separator: "\n\n")))
  }
}

extension IngestOptions {
  /// What has to agree with profiles that are to be added, once a decoder's signature is in it.
  func profileConfiguration(_ partition: Partition) -> Profile.Configuration {
    Profile.Configuration(hashKey: hashKey, definitions: reading.definitions, partition: partition)
  }
}
