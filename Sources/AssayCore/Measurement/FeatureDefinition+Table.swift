extension BuiltinFeature {
  /// The table of all built-in features as JSON, one feature a line: what `Schemas/features.json` holds.
  package static func table() -> String {
    let lines = definitions.map { definition in
      let pairs = [
        ("name", definition.name), ("kind", definition.kind.rawValue), ("unit", definition.unit),
        ("range", definition.range), ("origin", definition.origin.rawValue), ("summary", definition.summary),
      ]
      // Definitions are ours: plain words without quotes, backslashes or control characters.
      return "    {" + pairs.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }
    return "{\n  \"features\": [\n\(lines.joined(separator: ",\n"))\n  ]\n}\n"
  }
}
